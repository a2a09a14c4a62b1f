#include "graph/interner.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "liantu/base/error.hpp"

namespace liantu::detail {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 16;

}  // namespace

std::size_t Interner::Hash::operator()(std::string_view text) const {
  return absl::Hash<std::string_view>{}(text);
}

Interner::Interner(std::size_t most)
    : most_(most), strings_{std::string_view{}}, ids_(0, Hash{&strings_}, Equal{&strings_}) {}

std::uint32_t Interner::intern(std::string_view text) {
  if (text.empty()) return 0;
  if (const auto known = ids_.find(text); known != ids_.end()) return *known;
  if (strings_.size() >= most_) {
    throw Error(
        ErrorCode::LimitReached,
        {fmt::format("the graph holds more than {} different texts; build it in parts", most_),
         fmt::format("关联图中不同的文字超过 {} 条；请分批建图", most_)});
  }
  const auto id = static_cast<std::uint32_t>(strings_.size());
  strings_.push_back(keep(text));
  ids_.insert(id);
  return id;
}

std::string_view Interner::keep(std::string_view text) {
  if (left_ < text.size()) {
    const std::size_t bytes = std::max(kBlockBytes, text.size());
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(bytes));
    free_ = blocks_.back().get();
    left_ = bytes;
  }
  char* const begin = free_;
  std::copy(text.begin(), text.end(), begin);
  free_ += text.size();
  left_ -= text.size();
  bytes_ += text.size();
  return {begin, text.size()};
}

}  // namespace liantu::detail
