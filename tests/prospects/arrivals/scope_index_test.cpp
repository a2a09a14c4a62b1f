#include "prospects/arrivals/scope_index.hpp"

#include <cmath>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(ScopePairs, AreOfNeighbouringIdeographsEachOnce) {
  const std::uint32_t pair = 0x751FU << 16 | 0x4EA7U;  // 生产
  EXPECT_EQ(ScopeIndex::pairs("生产"), std::vector<std::uint32_t>{pair});
  EXPECT_EQ(ScopeIndex::pairs("生产，生产A生产"), std::vector<std::uint32_t>{pair});
}

TEST(ScopePairs, DoNotReachOverMarksAndOtherLetters) {
  EXPECT_TRUE(ScopeIndex::pairs("").empty());
  EXPECT_TRUE(ScopeIndex::pairs("abc 123").empty());
  EXPECT_TRUE(ScopeIndex::pairs("生；产").empty());
  EXPECT_TRUE(ScopeIndex::pairs("\xE7\x94").empty());  // cut off amid a character
}

TEST(ScopeIndex, EmptyTextsAreLikeNobody) {
  const ScopeIndex index({"", ""});
  std::vector<float> to(2, 9);
  index.likeness(0, to);
  EXPECT_EQ(to, (std::vector<float>{0, 0}));
}

// The cosine by its definition.
double cosine(const std::vector<std::string>& texts, std::size_t a, std::size_t b) {
  std::map<std::uint32_t, double> having;
  for (const std::string& text : texts) {
    for (const std::uint32_t pair : ScopeIndex::pairs(text)) ++having[pair];
  }
  const auto weights = [&](const std::string& text) {
    std::map<std::uint32_t, double> found;
    for (const std::uint32_t pair : ScopeIndex::pairs(text)) {
      const double n = having[pair];
      const auto count = static_cast<double>(texts.size());
      if (n >= 3 && n <= 0.2 * count) found[pair] = std::log(count / n);
    }
    return found;
  };
  const auto one = weights(texts[a]);
  const auto other = weights(texts[b]);
  double dot = 0;
  double left = 0;
  double right = 0;
  for (const auto& [pair, weight] : one) {
    left += weight * weight;
    if (const auto at = other.find(pair); at != other.end()) dot += weight * at->second;
  }
  for (const auto& [pair, weight] : other) right += weight * weight;
  return left > 0 && right > 0 ? dot / std::sqrt(left * right) : 0;
}

TEST(ScopeIndex, LikenessIsTheCosineByItsDefinition) {
  const std::vector<std::string> words = {"汽车", "零件", "电池", "隔膜", "建筑", "工程",
                                          "软件", "钢铁", "化工", "食品", "纺织", "机械"};
  std::mt19937 random(3);
  std::vector<std::string> texts(60);
  for (std::string& text : texts) {
    for (std::size_t i = random() % 5; i > 0; --i) text += words[random() % words.size()] + "；";
  }
  std::vector<std::string_view> views(texts.begin(), texts.end());
  const ScopeIndex index(views);
  ASSERT_EQ(index.size(), texts.size());
  std::vector<float> to(texts.size());
  std::vector<double> sum(texts.size(), 0);
  const std::vector<std::uint32_t> some = {0, 7, 31};
  for (std::uint32_t a = 0; a < texts.size(); ++a) {
    index.likeness(a, to);
    for (std::size_t b = 0; b < texts.size(); ++b) {
      EXPECT_NEAR(to[b], cosine(texts, a, b), 1e-5) << a << " " << b;
      if (a == 0 || a == 7 || a == 31) sum[b] += to[b] / 3;
    }
  }
  std::vector<double> mean(texts.size());
  index.mean_likeness(some, mean);
  for (std::size_t b = 0; b < texts.size(); ++b) EXPECT_NEAR(mean[b], sum[b], 1e-5) << b;
  std::vector<double> weights(texts.size(), 0);
  for (const std::uint32_t text : some) weights[text] = 1.0 / 3;
  std::vector<double> weighed(texts.size());
  index.weighed_likeness(weights, weighed);
  for (std::size_t b = 0; b < texts.size(); ++b) EXPECT_NEAR(weighed[b], sum[b], 1e-5) << b;
  for (std::uint32_t a = 0; a < texts.size(); ++a) {
    EXPECT_EQ(index.tells(a), cosine(texts, a, a) > 0) << a;
  }
}

}  // namespace
}  // namespace liantu
