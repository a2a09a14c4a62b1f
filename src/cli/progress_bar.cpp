#include "cli/progress_bar.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <unistd.h>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/streams.hpp"
#include "liantu/base/text/display_width.hpp"

namespace liantu::cli {
namespace {

std::string_view stage_text(std::string_view stage, Language language) {
  if (language == Language::En) return stage;
  if (stage == "read") return "读取";
  if (stage == "scope") return "解析经营范围";
  if (stage == "firm") return "企业";
  if (stage == "supplies") return "供货";
  if (stage == "edges") return "读取边表";
  if (stage == "freeze") return "建图";
  if (stage == "district") return "地区";
  if (stage == "score") return "评分";
  if (stage == "explain") return "说明理由";
  if (stage == "draw") return "抽取权重";
  return stage;
}

}  // namespace

Progress progress_bar(Language language) {
  if (isatty(STDERR_FILENO) == 0 || !may_escape()) return {};
  using Clock = std::chrono::steady_clock;
  struct State {
    Clock::time_point start = Clock::now();
    Clock::time_point drawn{};
    bool visible = false;
  };
  auto state = std::make_shared<State>();
  return [state, language](std::string_view stage, std::uint64_t done, std::uint64_t total) {
    const auto now = Clock::now();
    if (done >= total) {
      if (state->visible) say("\r\033[K");
      state->visible = false;
      return;
    }
    if (now - state->start < std::chrono::seconds(1) ||
        now - state->drawn < std::chrono::milliseconds(100)) {
      return;
    }
    state->drawn = now;
    state->visible = true;
    constexpr std::size_t kWidth = 30;
    const std::size_t filled = total == 0 ? 0 : kWidth * done / total;
    say(fmt::format("\r\033[K{} [{}{}] {}/{}", pad_width(stage_text(stage, language), 14),
                    std::string(filled, '#'), std::string(kWidth - filled, ' '), done, total));
  };
}

}  // namespace liantu::cli
