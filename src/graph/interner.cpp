#include "graph/interner.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "liantu/base/error.hpp"

namespace liantu::detail {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 16;
constexpr std::size_t kMaxStrings = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kMostDigits = 10;

[[noreturn]] void refuse_more() {
  throw Error(ErrorCode::LimitReached,
              {"the graph holds more than 4294967295 different texts; build it in parts",
               "关联图中不同的文字超过 4294967295 条；请分批建图"});
}

}  // namespace

Interner::Interner() : strings_{std::string_view{}} {}

std::uint32_t Interner::intern(std::string_view text) {
  if (text.empty()) return 0;
  if (indexed_ < strings_.size()) ids_.reserve(strings_.size());
  for (; indexed_ < strings_.size(); ++indexed_) {
    ids_.emplace(strings_[indexed_], static_cast<std::uint32_t>(indexed_));
  }
  if (const auto known = ids_.find(text); known != ids_.end()) return known->second;
  if (strings_.size() >= kMaxStrings) refuse_more();
  const auto id = static_cast<std::uint32_t>(strings_.size());
  const std::string_view kept = keep(text);
  strings_.push_back(kept);
  ids_.emplace(kept, id);
  ++indexed_;
  return id;
}

void Interner::intern_numbers(std::span<const std::uint32_t> numbers,
                              std::span<std::uint32_t> ids) {
  if (strings_.size() > 1) {
    std::transform(numbers.begin(), numbers.end(), ids.begin(), [&](std::uint32_t number) {
      const fmt::format_int text(number);
      return intern({text.data(), text.size()});
    });
    return;
  }
  if (numbers.size() >= kMaxStrings) refuse_more();
  strings_.reserve(numbers.size() + 1);
  char* const begin = room_for(numbers.size() * kMostDigits);
  char* at = begin;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    ids[i] = static_cast<std::uint32_t>(strings_.size());
    const fmt::format_int text(numbers[i]);
    strings_.emplace_back(at, text.size());
    at = std::copy_n(text.data(), text.size(), at);
  }
  bytes_ += static_cast<std::size_t>(at - begin);
}

std::string_view Interner::keep(std::string_view text) {
  char* const begin = room_for(text.size());
  std::copy(text.begin(), text.end(), begin);
  bytes_ += text.size();
  return {begin, text.size()};
}

char* Interner::room_for(std::size_t bytes) {
  if (left_ < bytes) {
    left_ = std::max(kBlockBytes, bytes);
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(left_));
    free_ = blocks_.back().get();
  }
  left_ -= bytes;
  return std::exchange(free_, free_ + bytes);
}

}  // namespace liantu::detail
