#include "liantu/base/big_vector.hpp"

#include <algorithm>
#include <cstdlib>
#include <sys/mman.h>

namespace liantu::detail {
namespace {

constexpr std::size_t kHugePage = std::size_t{1} << 21;

}  // namespace

void* allocate_big(std::size_t bytes) {
  if (bytes < kHugePage) {
    void* const memory = std::malloc(std::max(bytes, std::size_t{1}));
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
  }
  const std::size_t pages = bytes / kHugePage;
  const std::size_t rest = bytes % kHugePage;
  void* const memory = std::aligned_alloc(kHugePage, (pages + (rest == 0 ? 0 : 1)) * kHugePage);
  if (memory == nullptr) throw std::bad_alloc();
  // The rest comes in small pages, so that no more is cleared than is used. A system without huge
  // pages refuses, and nothing is lost by it.
  static_cast<void>(madvise(memory, pages * kHugePage, MADV_HUGEPAGE));
  return memory;
}

void free_big(void* memory) noexcept { std::free(memory); }

}  // namespace liantu::detail
