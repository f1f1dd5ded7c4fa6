/* Stands in for python.exe: appends its command line and its folder to the file CALLS, and ends with the status STATUS. */
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

int wmain(void)
{
    wchar_t folder[1024], line[4096];
    char text[8192];
    GetCurrentDirectoryW(1024, folder);
    _snwprintf(line, 4096, L"%ls|%ls\n", GetCommandLineW(), folder);
    WideCharToMultiByte(CP_UTF8, 0, line, -1, text, sizeof text, NULL, NULL);
    FILE *calls = _wfopen(_wgetenv(L"CALLS"), L"ab");
    fputs(text, calls);
    fclose(calls);
    const wchar_t *status = _wgetenv(L"STATUS");
    return status ? _wtoi(status) : 0;
}
