#include "graph/interner.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "liantu/base/text/error.hpp"

namespace liantu::detail {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 16;
constexpr std::size_t kMostDigits = 10;

[[noreturn]] void refuse_more(std::size_t most) {
  throw Error(ErrorCode::LimitReached,
              {fmt::format("the graph holds more than {} different texts; build it in parts", most),
               fmt::format("关联图中不同的文字超过 {} 条；请分批建图", most)});
}

}  // namespace

std::size_t Interner::Hash::operator()(std::string_view text) const {
  return absl::Hash<std::string_view>{}(text);
}

Interner::Interner(std::size_t most)
    : most_(most), strings_{std::string_view{}}, ids_(Hash{&strings_}, Equal{&strings_}) {}

std::uint32_t Interner::intern(std::string_view text) {
  if (text.empty()) return 0;
  if (indexed_ < strings_.size()) ids_.reserve(strings_.size());
  for (; indexed_ < strings_.size(); ++indexed_) {
    ids_.insert(static_cast<std::uint32_t>(indexed_));
  }
  if (const auto known = ids_.find(text); known != ids_.end()) return *known;
  if (strings_.size() >= most_) refuse_more(most_);
  const auto id = static_cast<std::uint32_t>(strings_.size());
  strings_.push_back(keep(text));
  ids_.insert(id);
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
  if (numbers.size() >= most_) refuse_more(most_);
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
