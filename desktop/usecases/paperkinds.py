"""What is printed of many complaints at once, by kind; the list offers it, massprint makes it."""

from enum import StrEnum


class Papers(StrEnum):
    """What is printed of each complaint."""

    INTAKE = "intake"  # 投诉登记表
    APPROVAL = "approval"  # 领导批示单
    LETTERS = "letters"  # 还没有登记发出的文书
