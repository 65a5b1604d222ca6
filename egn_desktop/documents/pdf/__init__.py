# SPDX-License-Identifier: GPL-3.0-or-later
"""The PDF file itself: drawn pages, their structure, metadata and seal; reading one back."""
