; SPDX-License-Identifier: GPL-3.0-or-later
; The portable folder for Windows, as a program that unpacks it: half the size of a zip, whose
; compression is older. ``packages.py`` calls makensis with FOLDER, VERSION, OUTFILE, ICON, SIGN.
;
;   portable.exe /S /D=E:\EGN        without a question, into that folder

Unicode true
Target amd64-unicode
ManifestDPIAware true
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetCompressorDictSize 64

!include MUI2.nsh

!define NAME "EGN Desktop"
Name "${NAME}"
OutFile "${OUTFILE}"
InstallDir "$EXEDIR\${NAME}"
BrandingText "${NAME} ${VERSION}"
ShowInstDetails nevershow
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=1036 ProductName "${NAME}"
VIAddVersionKey /LANG=1036 FileDescription "${NAME}, dossier portable"
VIAddVersionKey /LANG=1036 FileVersion "${VERSION}"
VIAddVersionKey /LANG=1036 ProductVersion "${VERSION}"
VIAddVersionKey /LANG=1036 LegalCopyright "GPL-3.0-or-later"
!ifdef SIGN
  !finalize '${SIGN} "%1"'
!endif

!define MUI_ICON "${ICON}"
!define MUI_DIRECTORYPAGE_TEXT_TOP "Le logiciel sera copié dans ce dossier : une clé USB, ou tout endroit où vous pouvez écrire. Il y garde aussi ses réglages et ses sauvegardes. Rien n’est écrit ailleurs sur l’ordinateur."
!define MUI_FINISHPAGE_RUN "$INSTDIR\EGN Desktop.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Ouvrir ${NAME}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_LANGUAGE "French"

!include common.nsh

Section
  !insertmacro REFUSE_WHILE_OPEN
  !insertmacro REMOVE_PROGRAM
  !insertmacro COPY_PROGRAM
  FileOpen $0 "$INSTDIR\portable" w
  FileClose $0
SectionEnd
