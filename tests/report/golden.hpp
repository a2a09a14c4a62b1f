#pragma once

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

#include "support/source_tree.hpp"

namespace liantu::test {

/// Compares a text byte for byte with tests/golden/report/NAME. With LIANTU_UPDATE_GOLDEN=1 in the
/// environment the file is written instead; the difference is then read before it is kept.
inline void expect_golden(const std::string& name, const std::string& text) {
  const std::string path = source_tree() + "/tests/golden/report/" + name;
  const char* update = std::getenv("LIANTU_UPDATE_GOLDEN");
  if (update != nullptr && std::string(update) == "1") {
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  std::ifstream file(path, std::ios::binary);
  ASSERT_TRUE(file.is_open()) << path << " is missing; LIANTU_UPDATE_GOLDEN=1 writes it";
  const std::string golden{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  EXPECT_EQ(text, golden) << "LIANTU_UPDATE_GOLDEN=1 rewrites " << path;
}

}  // namespace liantu::test
