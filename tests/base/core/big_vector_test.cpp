#include "liantu/base/core/big_vector.hpp"

#include <cstdint>
#include <numeric>

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(BigVector, HoldsWhatIsPutInWhateverItsSize) {
  for (const std::size_t size : {0U, 1U, 1000U, 524'288U, 3'000'001U}) {
    BigVector<std::uint32_t> numbers;
    numbers.resize(size);
    std::iota(numbers.begin(), numbers.end(), 7U);
    const BigVector<std::uint32_t> copy = numbers;
    numbers.push_back(1);
    ASSERT_EQ(numbers.size(), size + 1);
    for (std::size_t i = 0; i < size; ++i) ASSERT_EQ(numbers[i], i + 7);
    EXPECT_EQ(BigVector<std::uint32_t>(numbers.begin(), numbers.end() - 1), copy);
  }
}

TEST(BigVector, AssignedNumbersAreSet) {
  BigVector<std::uint64_t> numbers;
  numbers.assign(1'000'000, 3);
  EXPECT_EQ(std::accumulate(numbers.begin(), numbers.end(), std::uint64_t{0}), 3'000'000U);
}

TEST(BigVector, MoreThanThereIsIsRefused) {
  BigVector<std::uint64_t> numbers;
  EXPECT_THROW(numbers.reserve(numbers.max_size() + 1), std::length_error);
}

}  // namespace
}  // namespace liantu
