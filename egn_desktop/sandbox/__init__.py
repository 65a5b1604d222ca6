# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that somebody else made are read by a child process, which may fail without harm.

A file made to hurt, or only damaged, can take all memory, all time, or end the process that reads
it, and no check beforehand knows every way of it. So it is read by our own program, started once
more with a hidden command: with little memory, little time, no secret, and nothing to say but
plain data. Whatever happens to it, the window goes on and says so in words.
"""
