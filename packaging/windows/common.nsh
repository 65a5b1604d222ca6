; SPDX-License-Identifier: GPL-3.0-or-later
; What the installer and the portable folder do alike.

!define WINDOW_PROGRAM "EGN Desktop.exe"
!define CONSOLE_PROGRAM "egn-desktop.exe"

; A program that runs cannot be written over: half of two versions would be left.
!macro REFUSE_IF_HELD FILE
  IfFileExists "$INSTDIR\${FILE}" 0 +5
  ClearErrors
  FileOpen $0 "$INSTDIR\${FILE}" a
  IfErrors held
  FileClose $0
!macroend

!macro REFUSE_WHILE_OPEN
  again:
  !insertmacro REFUSE_IF_HELD "${WINDOW_PROGRAM}"
  !insertmacro REFUSE_IF_HELD "${CONSOLE_PROGRAM}"
  Goto free
  held:
  IfSilent quit
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${NAME} est ouvert. Rien n’a été modifié. Fermez-le (votre travail est enregistré), puis cliquez sur Réessayer." IDRETRY again
  quit:
  SetErrorLevel 5
  Quit
  free:
  ClearErrors
!macroend

; By name: what a user put beside the program stays.
!macro REMOVE_PROGRAM
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${WINDOW_PROGRAM}"
  Delete "$INSTDIR\${CONSOLE_PROGRAM}"
  Delete "$INSTDIR\LICENSE.txt"
!macroend

!macro COPY_PROGRAM
  ClearErrors
  SetOutPath "$INSTDIR"
  File /r "${FOLDER}\*"
  IfErrors 0 +3
  SetErrorLevel 2
  Abort "Le logiciel n’a pas pu être copié dans $INSTDIR. Vérifiez la place qui reste sur le disque, puis recommencez. Vos dossiers n’ont pas été touchés."
!macroend
