#include "liantu/report/words/run_info.hpp"

#include <fmt/format.h>

#include "report/words/words.hpp"

namespace liantu {
namespace {

std::string value_text(const std::variant<std::string, double>& value) {
  if (const double* number = std::get_if<double>(&value)) return plain_number(*number);
  return std::get<std::string>(value);
}

std::string sentence(const RunInfo& run, Language language) {
  const bool zh = language == Language::Zh;
  std::string text = fmt::format("liantu {}", run.version);
  const auto add = [&](std::string_view words) {
    text += zh ? "；" : "; ";
    text += words;
  };
  if (!run.data_date.empty()) {
    add(fmt::format("{}{}", zh ? "数据截至 " : "data of ", run.data_date));
  }
  for (const auto& [name, digest] : run.inputs) add(fmt::format("{} {}", name, digest));
  for (const auto& [option, value] : run.parameters) {
    const std::string words = value_text(value);
    add(fmt::format("--{}{}{}", option, words.empty() ? "" : " ", words));
  }
  return text;
}

}  // namespace

Text run_text(const RunInfo& run) {
  return {sentence(run, Language::En), sentence(run, Language::Zh)};
}

}  // namespace liantu
