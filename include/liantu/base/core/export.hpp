#pragma once

/// Stands before the namespace in public headers: what they declare can be called from outside a shared library, and
/// what sources keep to themselves cannot.
#define LIANTU_API [[gnu::visibility("default")]]
