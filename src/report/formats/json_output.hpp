#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/files/json_document.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/report/words/run_info.hpp"
#include "report/words/words.hpp"

namespace liantu {

/// What documents say in our types. Names that old files were called by become UTF-8.
class JsonOutput : public JsonDocument {
 public:
  void key(std::string_view name) { JsonDocument::key(valid_utf8(name)); }
  void text(std::string_view value) { JsonDocument::text(valid_utf8(value)); }
  void decimal(const std::string& digits) { digits.empty() ? null() : raw(digits); }
  void number(double value) { decimal(plain_number(value)); }

  void member(std::string_view name, std::string_view value) {
    key(name);
    text(value);
  }
  void member_or_null(std::string_view name, std::string_view value) {
    key(name);
    value.empty() ? null() : text(value);
  }
  void member_count(std::string_view name, std::uint64_t value) {
    key(name);
    count(value);
  }
  void member_boolean(std::string_view name, bool value) {
    key(name);
    boolean(value);
  }
  void member_number(std::string_view name, const std::optional<double>& value) {
    key(name);
    value ? number(*value) : null();
  }
  void member_amount(std::string_view name, const std::optional<double>& value) {
    member_number(name, value ? std::optional(in_hundredths(*value)) : std::nullopt);
  }
  void member_cell(std::string_view name, const SheetCell& cell, CellKind kind) {
    if (const auto* words = std::get_if<std::string>(&cell)) return member(name, *words);
    if (const auto* number = std::get_if<double>(&cell)) {
      return kind == CellKind::Money ? member_amount(name, *number) : member_number(name, *number);
    }
    member_or_null(name, "");
  }
  void member_confidence(std::string_view name, double value) {
    key(name);
    number(printed_confidence(value));
  }
  void member(std::string_view name, const Text& value) {
    key(name);
    said(value);
  }
  void said(const Text& value) {
    open_object();
    member("en", value.en);
    member("zh", value.zh);
    close_object();
  }
  template <typename Range, typename Word>
  void member_list(std::string_view name, const Range& range, Word word) {
    key(name);
    open_array();
    for (const auto& item : range) text(word(item));
    close_array();
  }
};

/// The options of a run. An object may not name a member twice: an option given several times
/// becomes a list.
inline void write_parameters(JsonOutput& out, const RunInfo& run) {
  std::vector<std::string_view> options;
  for (const auto& [option, value] : run.parameters) {
    if (std::find(options.begin(), options.end(), option) == options.end()) {
      options.push_back(option);
    }
  }
  const auto put = [&](const std::variant<std::string, double>& value) {
    if (const double* number = std::get_if<double>(&value)) return out.number(*number);
    out.text(std::get<std::string>(value));
  };
  out.key("parameters");
  out.open_object();
  for (const std::string_view option : options) {
    const auto same = [&](const auto& parameter) { return parameter.first == option; };
    const bool several = std::ranges::count_if(run.parameters, same) > 1;
    out.key(option);
    if (several) out.open_array();
    for (const auto& parameter : run.parameters) {
      if (same(parameter)) put(parameter.second);
    }
    if (several) out.close_array();
  }
  out.close_object();
}

/// What every document says first.
inline void write_run(JsonOutput& out, std::string_view schema, const RunInfo& run) {
  out.member("schema", schema);
  out.member("version", run.version);
  out.key("inputs");
  out.open_array();
  for (const auto& [name, digest] : run.inputs) {
    out.open_object();
    out.member("name", name);
    out.member("digest", digest);
    out.close_object();
  }
  out.close_array();
  write_parameters(out, run);
  out.member_or_null("data_date", run.data_date);
}

}  // namespace liantu
