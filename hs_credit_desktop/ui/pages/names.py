"""Which pages there are, by their names on the rail."""

TODAY, TASKS, UNITS, INBOX, REVIEW = "今日", "任务", "单位", "收件", "审核"
COMPOSE, STATS, EXPORT, SETTINGS = "汇总", "统计", "导出", "设置"
# In the order of the rail; a page that does not exist yet does not stand here.
NAMES = (TODAY, TASKS, UNITS, INBOX, REVIEW, COMPOSE, STATS, EXPORT, SETTINGS)
