#include "base/regions/region_names.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace liantu {
namespace {

using Words = std::span<const std::string_view>;

constexpr std::size_t kCharacter = 3;  ///< bytes of a Chinese character; the table has no others

/// Longer ranks before those they end in.
constexpr std::array<std::string_view, 15> kRanks{
    "特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "林区", "特区",
    "新区",       "省",     "市",     "县",     "区",     "旗",   "盟"};

constexpr std::array<std::string_view, 54> kPeoples{
    "柯尔克孜族", "达斡尔族", "哈萨克族", "塔吉克族", "鄂温克族", "土家族", "蒙古族", "朝鲜族",
    "布依族",     "哈尼族",   "傈僳族",   "景颇族",   "拉祜族",   "布朗族", "纳西族", "普米族",
    "独龙族",     "裕固族",   "保安族",   "东乡族",   "撒拉族",   "仫佬族", "毛南族", "仡佬族",
    "锡伯族",     "维吾尔",   "柯尔克孜", "哈萨克",   "塔吉克",   "满族",   "回族",   "藏族",
    "苗族",       "侗族",     "彝族",     "瑶族",     "壮族",     "畲族",   "黎族",   "羌族",
    "水族",       "傣族",     "白族",     "佤族",     "怒族",     "土族",   "各族",   "蒙古",
    "锡伯",       "珞巴族",   "门巴族",   "阿昌族",   "德昂族",   "高山族"};

constexpr std::array<std::string_view, 2> kCounty{"县", "自治县"};
constexpr std::array<std::string_view, 2> kPrefecture{"州", "自治州"};
constexpr std::array<std::string_view, 2> kBanner{"旗", "自治旗"};
constexpr std::array<std::string_view, 1> kRegion{"自治区"};
constexpr std::array<std::string_view, 1> kSpecial{"特区"};

struct AliasRule {
  std::string_view rank;
  Words ranks;
};
constexpr std::array<AliasRule, 5> kAliasRules{{{"自治县", kCounty},
                                                {"自治州", kPrefecture},
                                                {"自治旗", kBanner},
                                                {"自治区", kRegion},
                                                {"特别行政区", kSpecial}}};

constexpr std::array<std::string_view, 1> kInnerMongolia{"内蒙"};
constexpr std::array<std::string_view, 1> kTaiwan{"中国台湾"};
constexpr std::array<std::string_view, 1> kHongKong{"中国香港"};
constexpr std::array<std::string_view, 1> kMacao{"中国澳门"};

constexpr std::array<AliasRule, 4> kOtherNames{{{"内蒙古自治区", kInnerMongolia},
                                                {"台湾省", kTaiwan},
                                                {"香港特别行政区", kHongKong},
                                                {"澳门特别行政区", kMacao}}};

constexpr std::array<std::string_view, 5> kBareWords{"城区", "郊区", "矿区", "东区", "西区"};

constexpr std::array<std::string_view, 4> kPlainWords{"新建", "市中", "城中", "新城"};

constexpr std::array<std::string_view, 116> kCommonWords{
    "光明", "前进", "东方", "平安",     "兴业", "大通", "红旗", "解放", "工农", "爱民", "新兴",
    "宏伟", "共和", "友好", "富民",     "富裕", "同心", "建华", "中方", "永安", "太平", "中原",
    "东风", "华安", "南华", "永泰",     "万宁", "嘉陵", "方正", "金山", "九龙", "凤凰", "卧龙",
    "瑞安", "福安", "越秀", "东海",     "凌云", "大新", "天山", "康平", "新龙", "望江", "永兴",
    "江南", "江山", "浦江", "海伦",     "金安", "福田", "三江", "东光", "东胜", "亚东", "仁和",
    "保德", "华龙", "博爱", "友谊",     "复兴", "天长", "大化", "安吉", "宝塔", "振兴", "文峰",
    "新丰", "新安", "新源", "明光",     "晋安", "民丰", "永丰", "永和", "永嘉", "永清", "永胜",
    "永顺", "泰和", "海丰", "海港",     "滨江", "玄武", "紫金", "红塔", "莲花", "裕民", "路桥",
    "金沙", "金阳", "长白", "香格里拉", "龙湖", "龙潭", "高阳", "锦江", "延长", "双桥", "桃源",
    "太和", "大安", "泰兴", "安平",     "兴隆", "兴国", "祥云", "民乐", "永新", "永福", "长宁",
    "长丰", "长顺", "长兴", "新和",     "龙江", "德兴"};

/// What the names of zones start with that leave their city out.
constexpr std::array<std::string_view, 10> kGenericZones{
    "经济", "经开", "开发", "高新", "保税", "港保税", "新区", "滨湖", "临港经济", "空港"};

bool holds(Words words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

std::string_view region_stem(std::string_view name) {
  const auto rank = std::find_if(kRanks.begin(), kRanks.end(),
                                 [name](std::string_view r) { return name.ends_with(r); });
  if (rank == kRanks.end()) return {};
  std::string_view stem = name;
  stem.remove_suffix(rank->size());
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view people : kPeoples) {
      if (!stem.ends_with(people) || stem.size() < people.size() + 2 * kCharacter) continue;
      stem.remove_suffix(people.size());
      again = true;
      break;
    }
  }
  // 东乡族自治县 is named for its people alone.
  if (stem.ends_with("族")) stem.remove_suffix(kCharacter);
  return stem.size() < 2 * kCharacter ? std::string_view() : stem;
}

std::size_t people_at(std::string_view text) {
  constexpr std::string_view kPeople = "族";
  for (const std::string_view people : kPeoples) {
    if (!text.starts_with(people)) continue;
    const bool more = text.substr(people.size()).starts_with(kPeople);
    return people.size() + (more ? kPeople.size() : 0);
  }
  return 0;
}

Words region_alias_ranks(std::string_view name) {
  for (const AliasRule& rule : kAliasRules) {
    if (name.ends_with(rule.rank)) return rule.ranks;
  }
  return {};
}

Words region_other_names(std::string_view name) {
  for (const AliasRule& rule : kOtherNames) {
    if (name == rule.rank) return rule.ranks;
  }
  return {};
}

bool is_bare_word(std::string_view name) { return holds(kBareWords, name); }

bool is_plain_word(std::string_view stem) { return holds(kPlainWords, stem); }

bool is_generic_zone(std::string_view name) {
  return std::any_of(kGenericZones.begin(), kGenericZones.end(),
                     [name](std::string_view start) { return name.starts_with(start); });
}

bool is_common_word(std::string_view stem) { return holds(kCommonWords, stem); }

}  // namespace liantu
