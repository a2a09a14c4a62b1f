#pragma once

/// The version of the library whose headers these are. Until 1.0 a new minor version may break its users.
#define LIANTU_VERSION "0.1.0"
#define LIANTU_VERSION_MAJOR 0
#define LIANTU_VERSION_MINOR 1
#define LIANTU_VERSION_PATCH 0

/// To compare: 100 is 0.1.0, 10203 is 1.2.3.
#define LIANTU_VERSION_NUMBER \
  (LIANTU_VERSION_MAJOR * 10000 + LIANTU_VERSION_MINOR * 100 + LIANTU_VERSION_PATCH)
