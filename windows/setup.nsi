; The installer for one user: no administrator, nothing outside the user's own folders and registry.
; Given by build.py: VERSION, SOURCE (what is installed, as it will lie there), OUTPUT.

Unicode true
Target amd64-unicode
RequestExecutionLevel user
SetCompressor /SOLID lzma
Name "xlreport ${VERSION}"
Caption "年报审核（xlreport ${VERSION}）"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\xlreport"
ShowInstDetails show

!define MENU "$SMPROGRAMS\年报"
!define CONTEXT "Software\Classes\SystemFileAssociations\.xlsx\shell\xlreport"
!define ENTRY "Software\Microsoft\Windows\CurrentVersion\Uninstall\xlreport"
!define PYTHON "$INSTDIR\python\python.exe"
!define IN_USE "$INSTDIR 里的程序正在使用，没有改动任何文件。请退出 Excel 和 xlreport 的窗口，再运行一次。"

LoadLanguageFile "${NSISDIR}\Contrib\Language files\SimpChinese.nlf"
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

Section "install"
  ; What was there before stays until it is known that nobody uses it.
  RMDir /r "$INSTDIR\python.old"
  IfFileExists "$INSTDIR\python\*.*" 0 fresh
  ClearErrors
  Rename "$INSTDIR\python" "$INSTDIR\python.old"
  IfErrors 0 fresh
  SetErrorLevel 2
  MessageBox MB_ICONSTOP "${IN_USE}" /SD IDOK
  Abort "${IN_USE}"
fresh:
  ClearErrors
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}/*"
  IfErrors 0 copied
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\python"
  Rename "$INSTDIR\python.old" "$INSTDIR\python"
  SetErrorLevel 2
  Abort "文件没有写完，原来的版本没有变。请看磁盘空间和杀毒软件的提示，再运行一次。"
copied:
  RMDir /r "$INSTDIR\python.old"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  WriteRegStr HKCU "${ENTRY}" "DisplayName" "年报审核（xlreport）"
  WriteRegStr HKCU "${ENTRY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${ENTRY}" "Publisher" "xlreport"
  WriteRegStr HKCU "${ENTRY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${ENTRY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegDWORD HKCU "${ENTRY}" "NoModify" 1
  WriteRegDWORD HKCU "${ENTRY}" "NoRepair" 1
  WriteRegStr HKCU "${CONTEXT}" "" "审核年报"
  WriteRegStr HKCU "${CONTEXT}\command" "" '"${PYTHON}" -m xlreport.desktop check "%1"'

  CreateDirectory "${MENU}"
  ; The folder in which a shortcut starts is the one that is set here: new workbooks go into the user's documents.
  SetOutPath "$DOCUMENTS"
  CreateShortCut "${MENU}\新建年报.lnk" "${PYTHON}" "-m xlreport.desktop new"
  CreateShortCut "${MENU}\说明.lnk" "$INSTDIR\manual.html"
  CreateShortCut "${MENU}\卸载.lnk" "$INSTDIR\uninstall.exe"

  DetailPrint "把“年报”选项卡装入 Excel"
  nsExec::ExecToLog '"${PYTHON}" -m xlreport.cli addin install'
  Pop $0
  StrCmp $0 "0" done
  SetErrorLevel 1
  DetailPrint "“年报”选项卡没有装上，原因见上面；其他都已装好。退出 Excel 以后再运行一次安装程序。"
  MessageBox MB_ICONEXCLAMATION "“年报”选项卡没有装上，其他都已装好。$\r$\n请退出 Excel，再运行一次安装程序。" /SD IDOK
done:
SectionEnd

Section "Uninstall"
  IfFileExists "${PYTHON}" 0 free
  DetailPrint "从 Excel 卸载“年报”选项卡"
  nsExec::ExecToLog '"${PYTHON}" -m xlreport.cli addin uninstall'
  Pop $0
  StrCmp $0 "0" unused
  SetErrorLevel 2
  MessageBox MB_ICONSTOP "“年报”选项卡正在使用，没有卸载。请退出 Excel，再卸载一次。" /SD IDOK
  Abort "“年报”选项卡正在使用，没有卸载。"
unused:
  ClearErrors
  Rename "$INSTDIR\python" "$INSTDIR\python.old"
  IfErrors 0 free
  SetErrorLevel 2
  MessageBox MB_ICONSTOP "${IN_USE}" /SD IDOK
  Abort "${IN_USE}"
free:
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\python.old"
  Delete "$INSTDIR\xlreport.cmd"
  Delete "$INSTDIR\manual.html"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  RMDir "$LOCALAPPDATA\Programs"
  ; What the program can make again: the pages of watch, the records of audits, the log of failures.
  RMDir /r "$LOCALAPPDATA\xlreport\cache"
  RMDir "$LOCALAPPDATA\xlreport"
  Delete "${MENU}\新建年报.lnk"
  Delete "${MENU}\说明.lnk"
  Delete "${MENU}\卸载.lnk"
  RMDir "${MENU}"
  DeleteRegKey HKCU "${CONTEXT}"
  DeleteRegKey HKCU "${ENTRY}"
SectionEnd
