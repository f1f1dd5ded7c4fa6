@echo off
rem Installs from this folder, for this user only. A folder on a server has to be mounted (pushd) to be worked in.
rem What is Chinese below is UTF-8, and is only said once the window has been told so.
pushd "%~dp0"
set "PATH=%PATH%;%LOCALAPPDATA%\Programs\Python\Launcher"
set RESULT=2
if not exist install.py goto incomplete
py -3 -c "" 2>nul
if errorlevel 1 for %%f in (python-3*.exe) do start "" /wait "%%f" /passive InstallAllUsers=0 Include_launcher=1 InstallLauncherAllUsers=0
py -3 -c "" 2>nul
if errorlevel 1 goto nopython
py -3 install.py
set RESULT=%ERRORLEVEL%
goto end
:incomplete
chcp 65001 >nul
echo 没有装好：这个文件夹里没有 install.py。请先把压缩包全部解压到一个文件夹，再双击那里的“安装.cmd”。
goto end
:nopython
chcp 65001 >nul
echo 没有装好：这台电脑没有 Python，安装包里的 Python 也没有装上。请改用 xlreport-setup.exe，或请信息中心装 Python 3.11 以上后再试。
:end
if not "%1"=="/quiet" pause
popd
exit /b %RESULT%
