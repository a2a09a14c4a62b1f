#pragma once

/// LIANTU_WIDE_VECTORS marks a function that is also compiled for processors with wide vectors;
/// have_wide_vectors() says whether this one has them. A function marked LIANTU_INLINE takes the
/// instructions of the one it is called from. Neither fuses multiplications with additions, so that
/// both give the same numbers.
#if defined(__x86_64__) && defined(__GNUC__)
#define LIANTU_WIDE_VECTORS __attribute__((target("avx2")))
#define LIANTU_INLINE inline __attribute__((always_inline))
#else
#define LIANTU_WIDE_VECTORS
#define LIANTU_INLINE inline
#endif

namespace liantu {

[[nodiscard]] inline bool have_wide_vectors() noexcept {
#if defined(__x86_64__) && defined(__GNUC__)
  return __builtin_cpu_supports("avx2") != 0;
#else
  return false;
#endif
}

}  // namespace liantu
