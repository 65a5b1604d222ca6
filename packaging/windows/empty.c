/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The start of a library that does nothing when it is loaded. */

int __stdcall DllMain(void *instance, unsigned long reason, void *reserved)
{
    return 1;
}
