#include "ingest/who/name_alignment.hpp"

#include <algorithm>
#include <string_view>

namespace liantu {
namespace {

// Of a character, by what it is part of.
constexpr std::array<double, 4> kPartWeight = {0.45, 1.0, 0.6, 0.12};
// … that stands for the place of the other name.
constexpr double kShortPlace = 0.85;

/// What a province or a large city is called in one character.
constexpr struct {
  std::uint32_t region;
  std::u16string_view characters;
} kShortPlaces[] = {
    {110000, u"京"},   {120000, u"津"},   {130000, u"冀"},   {140000, u"晋"},   {150000, u"蒙"},
    {210000, u"辽"},   {220000, u"吉"},   {230000, u"黑"},   {310000, u"沪申"}, {320000, u"苏"},
    {330000, u"浙"},   {340000, u"皖徽"}, {350000, u"闽"},   {360000, u"赣"},   {370000, u"鲁"},
    {410000, u"豫"},   {420000, u"鄂楚"}, {430000, u"湘"},   {440000, u"粤"},   {450000, u"桂"},
    {460000, u"琼海"}, {500000, u"渝"},   {510000, u"川蜀"}, {520000, u"贵黔"}, {530000, u"云滇"},
    {540000, u"藏"},   {610000, u"陕秦"}, {620000, u"甘陇"}, {630000, u"青"},   {640000, u"宁"},
    {650000, u"新"},   {440300, u"深"},   {440100, u"穗"},   {330200, u"甬"},
};

// Whether it is what any place is called.
bool is_short_place(char16_t c) {
  return std::ranges::any_of(
      kShortPlaces, [c](const auto& one) { return one.characters.find(c) != one.characters.npos; });
}

bool is_short_for(char16_t c, RegionCode place) {
  return place.known() && std::ranges::any_of(kShortPlaces, [&](const auto& one) {
           return one.characters.find(c) != one.characters.npos &&
                  RegionCode(one.region).contains(place);
         });
}

}  // namespace

QueryName::QueryName(const PreparedName& prepared, std::span<const float> weights)
    : name(prepared) {
  for (std::size_t i = 0; i < name.size; ++i) {
    const auto part = static_cast<std::size_t>(name.parts[i]);
    weight[i] = static_cast<float>(weights[name.characters[i]] * kPartWeight[part]);
    short_place[i] = is_short_place(name.characters[i]);
    whole += weight[i];
  }
}

double most_found(const QueryName& query, const KnownName& known, const char16_t* characters) {
  double found = 0;
  for (std::size_t i = 0; i < query.name.size; ++i) {
    const char16_t wanted = query.name.characters[i];
    // Without a way out, so that the compiler compares many at once.
    unsigned there = query.short_place[i] ? 1 : 0;
    for (std::size_t j = 0; j < known.size; ++j) there |= characters[j] == wanted ? 1U : 0U;
    found += there != 0 ? query.weight[i] : 0.0F;
  }
  return found;
}

NameAlignment align_names(const QueryName& from, const KnownName& known, const char16_t* characters,
                          std::span<const float> weights) {
  constexpr double kApart = 0.85;
  const PreparedName& query = from.name;
  const std::size_t n = query.size;
  const std::size_t m = known.size;
  NameAlignment out;
  // best[i][j]: of query up to i and known up to j; end[i][j]: with these two matched last.
  static thread_local std::array<std::array<float, kLongestCompared + 1>, kLongestCompared + 1>
      best;
  static thread_local std::array<std::array<float, kLongestCompared + 1>, kLongestCompared + 1> end;
  for (std::size_t j = 0; j <= m; ++j) best[0][j] = 0;
  for (std::size_t i = 1; i <= n; ++i) {
    best[i][0] = 0;
    for (std::size_t j = 1; j <= m; ++j) {
      float here = -1;
      if (query.characters[i - 1] == characters[j - 1]) {
        const bool first = i == 1 || best[i - 1][j - 1] == 0;
        const float w = from.weight[i - 1];
        here = best[i - 1][j - 1] + w * static_cast<float>(first ? 1.0 : kApart);
        if (i > 1 && j > 1 && end[i - 1][j - 1] > 0) here = std::max(here, end[i - 1][j - 1] + w);
      }
      end[i][j] = here;
      best[i][j] = std::max({here, best[i - 1][j], best[i][j - 1]});
    }
  }
  out.found = best[n][m];
  // Back along the best way.
  std::array<bool, kLongestCompared> query_found{};
  std::array<bool, kLongestCompared> known_found{};
  std::size_t brand_end = 0;  // last character of the query that is one of the known brand
  bool with_previous = false;
  for (std::size_t i = n, j = m; i > 0 && j > 0;) {
    if (with_previous || (end[i][j] > 0 && end[i][j] == best[i][j])) {
      query_found[i - 1] = known_found[j - 1] = true;
      if (known.part(j - 1) == NamePart::Brand) brand_end = std::max(brand_end, i - 1);
      const float w = from.weight[i - 1];
      with_previous = i > 1 && j > 1 && end[i - 1][j - 1] > 0 && end[i][j] == end[i - 1][j - 1] + w;
      --i;
      --j;
    } else if (best[i][j] == best[i - 1][j]) {
      --i;
    } else {
      --j;
    }
  }
  int behind_brand = 0;  // characters of the query's brand behind all that is of the known one
  for (std::size_t i = 0; i < n; ++i) {
    if (query_found[i]) continue;
    if (from.short_place[i] && is_short_for(query.characters[i], known.region)) {
      out.found += kShortPlace * from.weight[i];
      continue;
    }
    if (query.parts[i] == NamePart::Brand) ++(i > brand_end ? behind_brand : out.query_brand_left);
    if (query.parts[i] == NamePart::Trade) ++out.query_trade_left;
  }
  out.query_ends = n > 0 && query_found[n - 1];
  for (std::size_t j = 0; j < m; ++j) {
    const double w = weights[characters[j]];
    if (known.part(j) == NamePart::Brand) {
      if (out.brand == 0) out.brand_begins = known_found[j];
      out.brand += w;
      if (!known_found[j]) {
        out.brand_left += w;
        ++out.known_brand_left;
      }
    } else if (known.part(j) != NamePart::Form) {
      out.other += w;
      if (!known_found[j]) {
        out.other_left += w;
        if (known.part(j) == NamePart::Trade) ++out.known_trade_left;
      }
    }
  }
  // 电于 of 虚构电于 is a slip of the trade 电子; 源 of 虚构源电子 makes another brand.
  if (out.known_brand_left == 0 && out.known_trade_left == behind_brand) {
    out.slips = behind_brand;
    out.known_trade_left = 0;
  } else {
    out.query_brand_left += behind_brand;
  }
  return out;
}

}  // namespace liantu
