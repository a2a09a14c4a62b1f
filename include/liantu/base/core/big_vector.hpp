#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <utility>
#include <vector>

#include "liantu/base/core/export.hpp"

namespace LIANTU_API liantu {

namespace detail {
/// @throws std::bad_alloc
[[nodiscard]] void* allocate_big(std::size_t bytes);
void free_big(void* memory, std::size_t bytes) noexcept;

/// Allocates for BigVector.
template <typename T>
class BigAllocator {
 public:
  using value_type = T;

  BigAllocator() = default;
  template <typename U>
  BigAllocator(const BigAllocator<U>&) noexcept {}

  [[nodiscard]] T* allocate(std::size_t count) {
    return static_cast<T*>(allocate_big(count * sizeof(T)));
  }
  void deallocate(T* memory, std::size_t count) noexcept { free_big(memory, count * sizeof(T)); }
  template <typename U>
  void construct(U* place) {
    ::new (static_cast<void*>(place)) U;
  }
  template <typename U, typename... Arguments>
  void construct(U* place, Arguments&&... arguments) {
    std::construct_at(place, std::forward<Arguments>(arguments)...);
  }

  friend bool operator==(const BigAllocator&, const BigAllocator&) noexcept { return true; }
};
}  // namespace detail

/// A vector for millions of numbers: memory comes in huge pages where the system has them, and
/// resize() leaves new numbers unset instead of zero.
template <typename T>
using BigVector = std::vector<T, detail::BigAllocator<T>>;

}  // namespace liantu
