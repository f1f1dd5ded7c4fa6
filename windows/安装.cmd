@echo off
rem Installs from this folder, for this user only. What is said in Chinese is said by install.py.
cd /d "%~dp0"
set "PATH=%PATH%;%LOCALAPPDATA%\Programs\Python\Launcher"
py -3 -c "" 2>nul
if errorlevel 1 for %%f in (python-3*.exe) do start "" /wait "%%f" /passive InstallAllUsers=0 Include_launcher=1 InstallLauncherAllUsers=0
py -3 install.py
set STATUS=%ERRORLEVEL%
if not "%1"=="/quiet" pause
exit /b %STATUS%
