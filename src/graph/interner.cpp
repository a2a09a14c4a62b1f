#include "graph/interner.hpp"

#include <algorithm>
#include <limits>

#include "liantu/base/error.hpp"

namespace liantu::detail {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 16;

}  // namespace

Interner::Interner() : strings_{std::string_view{}} {}

std::uint32_t Interner::intern(std::string_view text) {
  if (text.empty()) return 0;
  if (const auto known = ids_.find(text); known != ids_.end()) return known->second;
  if (strings_.size() >= std::numeric_limits<std::uint32_t>::max()) {
    throw Error(ErrorCode::LimitReached,
                {"the graph holds more than 4294967295 different texts; build it in parts",
                 "关联图中不同的文字超过 4294967295 条；请分批建图"});
  }
  const auto id = static_cast<std::uint32_t>(strings_.size());
  const std::string_view kept = keep(text);
  strings_.push_back(kept);
  ids_.emplace(kept, id);
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
  return {begin, text.size()};
}

}  // namespace liantu::detail
