"""The chart of a workbook: stacked bars that a black-and-white printer keeps apart by pattern."""

from itertools import cycle
from typing import Any

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.fill import ColorChoice, PatternFillProperties
from openpyxl.drawing.line import LineProperties

from hs_credit_desktop.reports.sheets import Chart

# Patterns (a name) and greys (six digits) in turn: neighbours differ without colour.
_FILLS = ("FFFFFF", "wdUpDiag", "smCheck", "404040", "BFBFBF")
_GREYS = frozenset(("FFFFFF", "404040", "BFBFBF"))
_INK = "404040"
_WIDTH, _BAR, _AROUND = 25.0, 1.3, 4.0  # centimetres: width; height of a bar; title and legend


def bar_chart(page: Any, chart: Chart, head_row: int) -> BarChart:
    """Stacked horizontal bars over the rows below `head_row`; the head names the patterns."""
    made = BarChart()
    made.type, made.grouping, made.overlap, made.gapWidth = "bar", "stacked", 100, 60
    made.title = chart.title
    made.width, made.height = _WIDTH, _AROUND + _BAR * chart.bars
    last = head_row + chart.bars
    data = Reference(
        page, min_col=chart.first + 1, max_col=chart.last + 1, min_row=head_row, max_row=last
    )
    made.add_data(data, titles_from_data=True)
    made.set_categories(Reference(page, min_col=2, min_row=head_row + 1, max_row=last))
    for series, fill in zip(made.series, cycle(_FILLS), strict=False):
        series.graphicalProperties = _look(fill)
    made.x_axis.scaling.orientation = "maxMin"  # the first row above
    made.x_axis.delete = made.y_axis.delete = False
    made.legend.position = "b"
    return made


def _look(fill: str) -> GraphicalProperties:
    line = LineProperties(solidFill=_INK, w=9525)
    if fill in _GREYS:
        return GraphicalProperties(solidFill=fill, ln=line)
    pattern = PatternFillProperties(
        prst=fill, fgClr=ColorChoice(srgbClr=_INK), bgClr=ColorChoice(srgbClr="FFFFFF")
    )
    return GraphicalProperties(pattFill=pattern, ln=line)
