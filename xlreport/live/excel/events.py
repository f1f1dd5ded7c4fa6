"""The VBA of the add-in's own workbook: the lines above the tables ask Python, but never in a file.

The workbook's module is a class, so it can hear the events of Excel, and nothing in it can be called from a cell. On activating a standard
workbook the function is entered before the native formula (``IFERROR`` carries it), before saving the native one alone, and the function
again afterwards. No error is shown: where a line cannot be entered, the one that stands there does as well.
"""

from __future__ import annotations

from xlreport.form.declaration import PREVIOUS
from xlreport.live.protection import ALLOWANCES
from xlreport.workbook.names import PREFIX, name_of

#: The hidden name by which a standard workbook is known, and what the names of last year's tables begin with.
TEMPLATE, LAST_YEARS = name_of("template_"), name_of(PREVIOUS)

_EVENTS = """\
Option Explicit

Private WithEvents App As Application
Private WasSaved As Boolean

Private Sub Workbook_Open()
    On Error Resume Next
    Set App = Application
    App_WorkbookActivate ActiveWorkbook
End Sub

Private Sub App_WorkbookActivate(ByVal Wb As Workbook)
    On Error Resume Next
    EnterLines Wb, True, Wb.Saved
End Sub

Private Sub App_WorkbookBeforeSave(ByVal Wb As Workbook, ByVal SaveAsUI As Boolean, Cancel As Boolean)
    On Error Resume Next
    WasSaved = Wb.Saved
    EnterLines Wb, False, False
End Sub

' Also where saving has failed or was cancelled.
Private Sub App_WorkbookAfterSave(ByVal Wb As Workbook, ByVal Success As Boolean)
    On Error Resume Next
    EnterLines Wb, True, Wb.Saved Or WasSaved
End Sub
"""

_ALLOWED = ", _\n        ".join(f"Sheet.Protection.{name}" for name in ALLOWANCES)
_AGAIN = ", _\n        ".join(f"{name}:=Allowed({place})" for place, name in enumerate(ALLOWANCES))
_LINES = f"""
Private Sub EnterLines(ByVal Wb As Workbook, ByVal Live As Boolean, ByVal Saved As Boolean)
    Dim Item As Object, Table As String, Standard As Boolean, Heard As Boolean
    On Error Resume Next
    For Each Item In Wb.Names
        If Item.Name Like "{TEMPLATE}*" Then Standard = True
    Next
    If Not Standard Then Exit Sub
    If Live And StaysNative(Wb) Then Exit Sub
    Heard = Application.EnableEvents
    Application.EnableEvents = False
    For Each Item In Wb.Names
        If Item.Name Like "{LAST_YEARS}*" Then
            Table = "{PREFIX}" & Mid$(Item.Name, {len(LAST_YEARS) + 1})
            EnterLine Wb.Names(Table).RefersToRange, "XLR_CHECK(" & Table & "," & Item.Name & ")", Live
        End If
    Next
    Application.EnableEvents = Heard
    If Saved Then Wb.Saved = True
End Sub

' The line is the first formula in column A above the table. A single cell is no table.
Private Sub EnterLine(ByVal Figures As Object, ByVal Question As String, ByVal Live As Boolean)
    Dim Row As Long, Cell As Object, Wanted As String
    If Figures.Columns.Count = 1 Then Exit Sub
    For Row = 1 To Figures.Row - 1
        Set Cell = Figures.Worksheet.Cells(Row, 1)
        If Left$(Cell.Formula, 1) = "=" Then Exit For
    Next
    If Row = Figures.Row Then Exit Sub
    Wanted = Native(Cell.Formula)
    If Live Then
        ' However Excel writes the name of a function that another file has.
        If InStr(1, Cell.Formula, Question, vbTextCompare) > 0 Then Exit Sub
        Wanted = "=IFERROR(" & Question & "," & Mid$(Wanted, 2) & ")"
    End If
    If Wanted <> Cell.Formula Then EnterLocked Cell, Wanted
End Sub

' A sheet is protected as it was. One with a password stays as it is: to lift its protection is an error.
Private Sub EnterLocked(ByVal Cell As Object, ByVal Wanted As String)
    Dim Sheet As Object, Allowed As Variant, Drawings As Boolean, Scenarios As Boolean, Selectable As Long
    Set Sheet = Cell.Worksheet
    If Sheet.ProtectionMode Or Not Sheet.ProtectContents Then
        Cell.Formula = Wanted
        Exit Sub
    End If
    Allowed = Array( _
        {_ALLOWED})
    Drawings = Sheet.ProtectDrawingObjects
    Scenarios = Sheet.ProtectScenarios
    Selectable = Sheet.EnableSelection
    Sheet.Unprotect ""
    On Error Resume Next
    Cell.Formula = Wanted
    Sheet.Protect DrawingObjects:=Drawings, Contents:=True, Scenarios:=Scenarios, _
        {_AGAIN}
    Sheet.EnableSelection = Selectable
End Sub

' What IFERROR falls back to around a call of the add-in, under whatever name; else the formula as it is.
Private Function Native(ByVal Formula As String) As String
    Dim At As Long
    Native = Formula
    At = InStr(1, Formula, "CHECK(", vbTextCompare)
    If At > 0 Then At = InStr(At, Formula, "),")
    If At > 0 And Formula Like "=IFERROR(*)" Then Native = "=" & Mid$(Formula, At + 2, Len(Formula) - At - 2)
End Function

' Only workbooks in the cloud save by themselves, and only some versions know of it.
Private Function StaysNative(ByVal Wb As Object) As Boolean
    On Error Resume Next
    StaysNative = Wb.ReadOnly
    StaysNative = StaysNative Or Wb.AutoSaveOn
End Function
"""


def workbook_module() -> str:
    """Return the VBA of the add-in's own workbook."""
    return _EVENTS + _LINES
