@echo off
rem Opens Player to Coach in JupyterLab on Windows: double-click.
rem The first time it sets itself up in this folder; docs/commands.md says what that changes.
setlocal
title Player to Coach
pushd "%~dp0"

set "PYTHON="
for %%P in ("py -3" "python" "python3") do (
    if not defined PYTHON (
        %%~P -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && set "PYTHON=%%~P"
    )
)
if not defined PYTHON goto missing

%PYTHON% scripts\kit.py lab %*
set "STATUS=%ERRORLEVEL%"
if not "%STATUS%"=="0" pause
popd
exit /b %STATUS%

:missing
echo Player to Coach needs Python 3.11 or newer, and there is none on this machine:
echo install it from python.org (tick "Add python.exe to PATH"), then double-click this file again.
pause
popd
exit /b 2
