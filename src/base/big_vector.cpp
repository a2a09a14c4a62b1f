#include "liantu/base/big_vector.hpp"

#include <cstdlib>
#include <sys/mman.h>

namespace liantu::detail {
namespace {

constexpr std::size_t kHugePage = std::size_t{1} << 21;

}  // namespace

void* allocate_big(std::size_t bytes) {
  const bool huge = bytes >= kHugePage;
  const std::size_t whole = huge ? (bytes + kHugePage - 1) / kHugePage * kHugePage : bytes;
  void* const memory = huge ? std::aligned_alloc(kHugePage, whole) : std::malloc(whole);
  if (memory == nullptr) throw std::bad_alloc();
  // A system without huge pages refuses, and nothing is lost by it.
  if (huge) static_cast<void>(madvise(memory, whole, MADV_HUGEPAGE));
  return memory;
}

void free_big(void* memory) noexcept { std::free(memory); }

}  // namespace liantu::detail
