/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In place of Windows 10's icuuc.dll, which Wine lacks and Qt loads: it has no converter at all, so
   that Qt keeps to its own. For trials under Wine alone; no package contains it. */

#define EXPORT __declspec(dllexport)
#define UNSUPPORTED 16

static void refuse(int *error)
{
    if (error)
        *error = UNSUPPORTED;
}

EXPORT void *ucnv_open(const char *name, int *error) { refuse(error); return 0; }
EXPORT const char *ucnv_getName(void *converter, int *error) { refuse(error); return 0; }
EXPORT const char *ucnv_getStandardName(const char *name, const char *standard, int *error)
{
    refuse(error);
    return 0;
}
EXPORT const char *ucnv_getAvailableName(int number) { return 0; }
EXPORT int ucnv_countAvailable(void) { return 0; }

/* Never called: they ask for a converter, and none is ever opened. */
EXPORT void ucnv_close(void) {}
EXPORT void ucnv_reset(void) {}
EXPORT signed char ucnv_getMaxCharSize(void) { return 1; }
EXPORT void ucnv_getToUCallBack(void) {}
EXPORT void ucnv_getFromUCallBack(void) {}
EXPORT void ucnv_setToUCallBack(void) {}
EXPORT void ucnv_setFromUCallBack(void) {}
EXPORT void ucnv_cbToUWriteUChars(void) {}
EXPORT void ucnv_cbFromUWriteUChars(void) {}
EXPORT void ucnv_toUnicode(void) {}
EXPORT void ucnv_fromUnicode(void) {}
EXPORT int ucnv_toUCountPending(void) { return 0; }
EXPORT int ucnv_fromUCountPending(void) { return 0; }
EXPORT void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
EXPORT void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
