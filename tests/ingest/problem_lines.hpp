#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "liantu/base/text/problem.hpp"

namespace liantu {

using Lines = std::vector<std::string>;

inline bool has_chinese(const std::string& text) {
  return std::ranges::any_of(text, [](char c) { return (static_cast<unsigned char>(c)) >= 0xE3; });
}

/// `Warning firms.csv:2:9 money 注册资本=abc`. Says so when a sentence is missing in a language.
inline std::string line_of(const Problem& problem) {
  EXPECT_FALSE(problem.what.en.empty()) << problem.kind;
  EXPECT_FALSE(problem.remedy.en.empty()) << problem.kind;
  EXPECT_TRUE(has_chinese(problem.what.zh)) << problem.kind;
  EXPECT_TRUE(has_chinese(problem.remedy.zh)) << problem.kind;
  const char* severity = problem.severity == Severity::Error     ? "Error "
                         : problem.severity == Severity::Warning ? "Warning "
                                                                 : "Note ";
  std::string line = severity + problem.place.to_string() + " " + problem.kind;
  if (!problem.field.empty() || !problem.value.empty()) {
    line += " " + problem.field + "=" + problem.value;
  }
  return line;
}

inline Lines lines_of(const std::vector<Problem>& problems) {
  Lines lines;
  for (const Problem& problem : problems) lines.push_back(line_of(problem));
  return lines;
}

/// The error that a call ends in, with its message in both languages; nothing when it ends well.
inline std::optional<Error> error_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    EXPECT_FALSE(error.message().en.empty());
    EXPECT_TRUE(has_chinese(error.message().zh)) << error.message().en;
    return error;
  }
  return std::nullopt;
}

}  // namespace liantu
