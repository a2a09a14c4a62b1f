#include "chain/status.hpp"

#include <algorithm>

namespace liantu {
namespace {

constexpr std::string_view kInactive[] = {"注销", "吊销", "撤销", "清算",
                                          "停业", "歇业", "关闭", "迁出"};

}  // namespace

std::span<const std::string_view> inactive_words() { return kInactive; }

bool inactive(std::string_view status) {
  return std::ranges::any_of(kInactive, [&](std::string_view word) {
    return status.find(word) != std::string_view::npos;
  });
}

}  // namespace liantu
