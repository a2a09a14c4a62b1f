#include "liantu/base/core/big_vector.hpp"

#include <new>
#include <sys/mman.h>

namespace liantu::detail {
namespace {

constexpr std::size_t kHugePage = std::size_t{1} << 21;

}  // namespace

void* allocate_big(std::size_t bytes) {
  if (bytes < kHugePage) return ::operator new(bytes);
  void* const memory = ::operator new (bytes, std::align_val_t{kHugePage});
  // The rest comes in small pages, so that no more is cleared than is used. A system without huge
  // pages refuses, and nothing is lost by it.
  static_cast<void>(madvise(memory, bytes / kHugePage * kHugePage, MADV_HUGEPAGE));
  return memory;
}

void free_big(void* memory, std::size_t bytes) noexcept {
  if (bytes < kHugePage) {
    ::operator delete(memory);
  } else {
    ::operator delete (memory, std::align_val_t{kHugePage});
  }
}

}  // namespace liantu::detail
