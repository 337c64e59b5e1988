; The Windows installer: for one user, without administrator rights; data are never touched.
; makensis -DVERSION=… -DFOUR=… -DFOLDER=… -DOUTPUT=… -DKILOBYTES=… [-DTARGET=amd64-unicode]
;          [-DSIGN=command] installer.nsi
!ifdef TARGET
  Target ${TARGET}          ; only to try the installer where there is no 32-bit Windows
!endif
Unicode true
ManifestDPIAware true
SetCompressor /SOLID lzma
SetCompressorDictSize 64

!include MUI2.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include x64.nsh

!define PRODUCT "信用任务台账"
!define PROGRAM "信用任务台账.exe"
!define CONSOLE "hs-credit.exe"
!define PUBLISHER "信用任务台账项目"
!define REMOVAL "Software\Microsoft\Windows\CurrentVersion\Uninstall\hs-credit"
!define LEDGER_TYPE "HsCredit.Ledger"
!define PACKAGE_TYPE "HsCredit.Package"
!define DATA "$LOCALAPPDATA\hs_credit_desktop"

Name "${PRODUCT}"
OutFile "${OUTPUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\hs-credit"
InstallDirRegKey HKCU "${REMOVAL}" "InstallLocation"
BrandingText "${PRODUCT} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

!ifdef SIGN
  !finalize '${SIGN} "%1"'
  !uninstfinalize '${SIGN} "%1"'
!endif

VIProductVersion "${FOUR}"
VIAddVersionKey /LANG=2052 "ProductName" "${PRODUCT}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileDescription" "${PRODUCT} 安装程序"
VIAddVersionKey /LANG=2052 "CompanyName" "${PUBLISHER}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "Apache-2.0"

!define MUI_ICON "${SOURCE}/resources/icons/app.ico"
!define MUI_UNICON "${SOURCE}/resources/icons/app.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "/build/side.bmp"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "/build/side.bmp"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TITLE "安装${PRODUCT} ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "只为当前用户安装，不需要管理员权限，不联网。$\r$\n$\r$\n\
台账数据放在$\r$\n${DATA}$\r$\n升级和卸载都不会改动。$\r$\n$\r$\n不得录入涉密信息。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!define MUI_FINISHPAGE_RUN_TEXT "打开${PRODUCT}"
!define MUI_FINISHPAGE_SHOWREADME ""
!define MUI_FINISHPAGE_SHOWREADME_NOTCHECKED
!define MUI_FINISHPAGE_SHOWREADME_TEXT "先做一次自检（约 10 秒，不留痕迹）"
!define MUI_FINISHPAGE_SHOWREADME_FUNCTION SelfTest
!define MUI_UNCONFIRMPAGE_TEXT_TOP "将删除${PRODUCT}的程序文件和快捷方式。台账数据不会删除，仍在 ${DATA}"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE SimpChinese

; Exit status: 0 done, 1 stopped by the user, 2 failed, 10 Windows too old, 11 the program is open.
!macro Refuse STATUS TEXT
  MessageBox MB_OK|MB_ICONSTOP "${TEXT}" /SD IDOK
  SetErrorLevel ${STATUS}
  Quit
!macroend

Function .onInit
  ${IfNot} ${RunningX64}
    !insertmacro Refuse 10 "${PRODUCT}需要 64 位的 Windows 10（1809 及以后）或 Windows 11。$\r$\n$\r$\n\
这台电脑是 32 位系统，不能安装，没有改动任何文件。请换一台电脑安装。"
  ${EndIf}
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} 17763
    !insertmacro Refuse 10 "${PRODUCT}需要 64 位的 Windows 10（1809 及以后）或 Windows 11。$\r$\n$\r$\n\
这台电脑的 Windows 版本较旧，不能安装，没有改动任何文件。请升级系统，或换一台电脑安装。"
  ${EndIf}
FunctionEnd

; The program is open when its file cannot be opened for writing. Asked before anything is changed.
!macro AskToClose FILE UN
Function ${UN}AskToClose
  ${Do}
    ${IfNot} ${FileExists} "${FILE}"
      Return
    ${EndIf}
    ClearErrors
    FileOpen $0 "${FILE}" a
    ${IfNot} ${Errors}
      FileClose $0
      Return
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION \
      "${PRODUCT}正在运行。$\r$\n$\r$\n请先保存并关闭它，再点“重试”。点“取消”则不作任何改动。" \
      /SD IDCANCEL IDRETRY again
    SetErrorLevel 11
    Quit
    again:
  ${Loop}
FunctionEnd
!macroend
!insertmacro AskToClose "$INSTDIR\${PROGRAM}" ""
!insertmacro AskToClose "$INSTDIR\${PROGRAM}" "un."

; A double click on such a file opens it with the program, in the window that is open if one is.
!macro Register EXTENSION TYPE NAME
  WriteRegStr HKCU "Software\Classes\${EXTENSION}" "" "${TYPE}"
  WriteRegStr HKCU "Software\Classes\${TYPE}" "" "${NAME}"
  WriteRegStr HKCU "Software\Classes\${TYPE}\DefaultIcon" "" "$INSTDIR\${PROGRAM},0"
  WriteRegStr HKCU "Software\Classes\${TYPE}\shell\open\command" "" \
    '"$INSTDIR\${PROGRAM}" --open "%1"'
!macroend
!macro Unregister EXTENSION TYPE
  ReadRegStr $0 HKCU "Software\Classes\${EXTENSION}" ""
  ${If} $0 == "${TYPE}"
    DeleteRegKey HKCU "Software\Classes\${EXTENSION}"
  ${EndIf}
  DeleteRegKey HKCU "Software\Classes\${TYPE}"
!macroend

Section
  Call AskToClose
  SetOutPath "$INSTDIR"
  RMDir /r "$INSTDIR\_internal"     ; of an older version; nothing of the user's lies there
  ClearErrors
  File /r "${FOLDER}/*"
  ${If} ${Errors}
    !insertmacro Refuse 2 "有文件没有写进去：$INSTDIR$\r$\n$\r$\n请确认磁盘有空间、安全软件没有拦截，再装一次。台账数据不受影响。"
  ${EndIf}
  WriteUninstaller "$INSTDIR\卸载.exe"
  CreateShortcut "$SMPROGRAMS\${PRODUCT}.lnk" "$INSTDIR\${PROGRAM}"
  CreateShortcut "$DESKTOP\${PRODUCT}.lnk" "$INSTDIR\${PROGRAM}"

  !insertmacro Register ".hscredit" "${LEDGER_TYPE}" "${PRODUCT}数据"
  !insertmacro Register ".hspack" "${PACKAGE_TYPE}" "${PRODUCT}交接包"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'

  WriteRegStr HKCU "${REMOVAL}" "DisplayName" "${PRODUCT}"
  WriteRegStr HKCU "${REMOVAL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${REMOVAL}" "DisplayIcon" "$INSTDIR\${PROGRAM},0"
  WriteRegStr HKCU "${REMOVAL}" "Publisher" "${PUBLISHER}"
  WriteRegStr HKCU "${REMOVAL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${REMOVAL}" "UninstallString" '"$INSTDIR\卸载.exe"'
  WriteRegStr HKCU "${REMOVAL}" "QuietUninstallString" '"$INSTDIR\卸载.exe" /S'
  WriteRegDWORD HKCU "${REMOVAL}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${REMOVAL}" "NoModify" 1
  WriteRegDWORD HKCU "${REMOVAL}" "NoRepair" 1
SectionEnd

Function SelfTest
  nsExec::Exec '"$INSTDIR\${CONSOLE}" --self-test'
  Pop $0
  ${If} $0 == 0
    MessageBox MB_OK|MB_ICONINFORMATION "自检全部通过。"
  ${Else}
    MessageBox MB_OK|MB_ICONEXCLAMATION "自检没有通过。$\r$\n$\r$\n\
请在命令提示符里运行$\r$\n$INSTDIR\${CONSOLE} --self-test$\r$\n把看到的文字交给技术人员。"
  ${EndIf}
FunctionEnd

Section "Uninstall"
  Call un.AskToClose
  Delete "$SMPROGRAMS\${PRODUCT}.lnk"
  Delete "$DESKTOP\${PRODUCT}.lnk"
  !insertmacro Unregister ".hscredit" "${LEDGER_TYPE}"
  !insertmacro Unregister ".hspack" "${PACKAGE_TYPE}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  DeleteRegKey HKCU "${REMOVAL}"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${PROGRAM}"
  Delete "$INSTDIR\${CONSOLE}"
  Delete "$INSTDIR\卸载.exe"
  RMDir "$INSTDIR"                  ; stays when the user has put something of his own there
SectionEnd

Function un.onUninstSuccess
  MessageBox MB_OK|MB_ICONINFORMATION \
    "${PRODUCT}已卸载。$\r$\n$\r$\n台账数据没有删除，仍在$\r$\n${DATA}$\r$\n\
（换过位置的，在其中的“数据文件夹位置.txt”所写的地方）$\r$\n\
重新安装后会接着使用；确实不再需要时，请自行备份后删除这个文件夹。" /SD IDOK
FunctionEnd
