#pragma once

#include <string>

#include <gtest/gtest.h>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include "liantu/base/text/text.hpp"
#include "liantu/report/words/run_info.hpp"

namespace liantu::test {

inline RunInfo run_info() {
  RunInfo run;
  run.version = "0.1.0";
  run.inputs = {{"主营.xlsx", "xxh3:0011223344556677"}, {"投入产出.csv", "xxh3:8899aabbccddeeff"}};
  run.parameters = {{"region", "500104"}, {"anchor", "甲"}, {"top", 20.0}, {"anchor", "乙"}};
  run.data_date = "2025-02-08";
  return run;
}

inline rapidjson::Document parsed(const std::string& text) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseValidateEncodingFlag | rapidjson::kParseFullPrecisionFlag>(
      text.data(), text.size());
  EXPECT_FALSE(document.HasParseError()) << rapidjson::GetParseError_En(document.GetParseError())
                                         << " at " << document.GetErrorOffset();
  return document;
}

// The sentence about the anchors belongs to another room's tests.
inline std::string without(std::string text, const Text& said) {
  for (const std::string& words : {said.en, said.zh}) {
    if (const auto at = text.find(words); at != std::string::npos && !words.empty()) {
      text.replace(at, words.size(), "(said)");
    }
  }
  return text;
}

}  // namespace liantu::test
