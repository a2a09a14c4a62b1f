#include "liantu/ingest/sectors/concordance.hpp"

#include <algorithm>

#include "liantu/base/text/utf8.hpp"
#include "liantu/base/values/industry.hpp"

namespace liantu {
namespace {

constexpr Sector kSectors42[] = {
#include "ingest/sectors/sectors_42.inc"
};
constexpr Sector kSectors149[] = {
#include "ingest/sectors/sectors_149.inc"
};
constexpr Sector kSectors153[] = {
#include "ingest/sectors/sectors_153.inc"
};
static_assert(std::size(kSectors42) == 42 && std::size(kSectors149) == 149 &&
              std::size(kSectors153) == 153);

struct Rule {
  std::string_view prefix;  // digits of a GB/T 4754 code
  std::uint8_t sectors[3];  // from 1, by scheme
};

constexpr Rule kRules[] = {
#include "ingest/sectors/sector_rules.inc"
};

std::size_t sector_of_class(std::string_view digits, SectorScheme scheme) {
  const Rule* best = nullptr;
  for (const Rule& rule : kRules) {
    if (!digits.starts_with(rule.prefix)) continue;
    if (best == nullptr || rule.prefix.size() > best->prefix.size()) best = &rule;
  }
  // Every division has a rule of its own or one for each of its groups (a test sees to it).
  return best->sectors[static_cast<std::size_t>(scheme)] - std::size_t{1};
}

std::string plain(std::string_view name) {
  std::string out;
  for (const char c : normalize_width(name)) {
    if (c != ' ') out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

}  // namespace

std::span<const Sector> sectors(SectorScheme scheme) {
  switch (scheme) {
    case SectorScheme::China42:
      return kSectors42;
    case SectorScheme::China149:
      return kSectors149;
    case SectorScheme::China153:
      return kSectors153;
  }
  return {};
}

std::optional<std::size_t> sector_of(std::string_view industry, SectorScheme scheme) {
  const Industry* found = find_industry(industry);
  if (found == nullptr) return std::nullopt;
  std::optional<std::size_t> sector;
  const std::span<const Industry> all = industries();
  for (const Industry* one = found;
       one != all.data() + all.size() && one->code.starts_with(found->code); ++one) {
    if (one->level() != IndustryLevel::Class) continue;
    const std::size_t of_class = sector_of_class(one->code.substr(1), scheme);
    if (sector.value_or(of_class) != of_class) return std::nullopt;
    sector = of_class;
  }
  return sector;
}

std::vector<std::string_view> industries_of(std::size_t sector, SectorScheme scheme) {
  std::vector<std::string_view> codes;
  for (const Rule& rule : kRules) {
    if (rule.sectors[static_cast<std::size_t>(scheme)] != sector + 1) continue;
    if (const Industry* industry = find_industry(rule.prefix)) codes.push_back(industry->code);
  }
  std::ranges::sort(codes);
  return codes;
}

std::optional<SectorScheme> recognize_scheme(std::span<const std::array<std::string, 2>> names) {
  for (const SectorScheme scheme : kSectorSchemes) {
    const std::span<const Sector> known = sectors(scheme);
    if (known.size() != names.size()) continue;
    std::size_t same = 0;
    for (std::size_t i = 0; i < known.size(); ++i) {
      const std::string zh = plain(known[i].zh);
      const std::string en = plain(known[i].en);
      same += std::ranges::any_of(names[i], [&](const std::string& name) {
        const std::string words = plain(name);
        return words == zh || words == en;
      });
    }
    if (same * 10 >= names.size() * 9) return scheme;
  }
  return std::nullopt;
}

}  // namespace liantu
