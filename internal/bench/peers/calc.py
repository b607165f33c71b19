# A county's log as a sheet of LibreOffice Calc, over its UNO API: what people do by hand, without the hand. Reads one
# command a line and answers each with a line.
import csv, json, subprocess, sys, time, uno
from com.sun.star.beans import PropertyValue
from com.sun.star.table import CellRangeAddress


def prop(name, value):
    p = PropertyValue()
    p.Name, p.Value = name, value
    return p


def connect(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(600):
        try:
            return resolver.resolve("uno:pipe,name=%s;urp;StarOffice.ComponentContext" % pipe)
        except Exception:
            time.sleep(0.1)
    raise SystemExit("LibreOffice does not answer")


class Book:
    def __init__(self, pipe, path):
        context = connect(pipe)
        self.desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        self.path = path

    def open(self):
        self.doc = self.desktop.loadComponentFromURL("file://" + self.path, "_blank", 0, (prop("Hidden", True),))
        self.sheets()

    def sheets(self):
        self.entries = self.doc.Sheets.getByIndex(0)
        self.summary = self.doc.Sheets.getByName("board")
        cursor = self.entries.createCursor()
        cursor.gotoEndOfUsedArea(False)
        self.rows = cursor.RangeAddress.EndRow + 1

    def load(self, table, indicators):
        options = (prop("Hidden", True), prop("FilterName", "Text - txt - csv (StarCalc)"), prop("FilterOptions", "44,34,76,1"))
        self.doc = self.desktop.loadComponentFromURL("file://" + table, "_blank", 0, options)
        self.doc.Sheets.insertNewByName("board", 1)
        summary = self.doc.Sheets.getByName("board")
        name = self.doc.Sheets.getByIndex(0).Name
        for n, code in enumerate(indicators):
            summary.getCellByPosition(0, n).String = code
            summary.getCellByPosition(1, n).Formula = (
                "=SUMIFS($'%s'.$D$1:$D$1000000;$'%s'.$B$1:$B$1000000;A%d)" % (name, name, n + 1))
        self.doc.storeToURL("file://" + self.path, (prop("FilterName", "Calc MS Excel 2007 XML"),))
        self.doc.close(True)

    def log(self, row):
        for n, value in enumerate(row):
            cell = self.entries.getCellByPosition(n, self.rows)
            if isinstance(value, int):
                cell.Value = value
            else:
                cell.String = value
        self.rows += 1
        self.doc.store()

    def board(self):
        out, n = {}, 0
        while self.summary.getCellByPosition(0, n).String:
            out[self.summary.getCellByPosition(0, n).String] = round(self.summary.getCellByPosition(1, n).Value)
            n += 1
        return out


book = Book(sys.argv[1], sys.argv[2])
for line in sys.stdin:
    command = json.loads(line)
    answer = getattr(book, command[0])(*command[1:])
    print(json.dumps(answer), flush=True)
