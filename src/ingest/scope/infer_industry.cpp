#include "liantu/ingest/scope/infer_industry.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <span>
#include <vector>

#include "base/core/string_map.hpp"
#include "ingest/scope/industry_words.hpp"
#include "ingest/scope/scope_clauses.hpp"
#include "ingest/scope/scope_words.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/base/values/firm_name.hpp"
#include "liantu/base/values/goods_kinds.hpp"
#include "liantu/base/values/industry.hpp"
#include "liantu/ingest/scope/scope.hpp"

namespace liantu {
namespace {

constexpr double kName = 1.1;   // a little more than the first words of the scope
constexpr double kAside = 0.4;  // what a firm does beside its business
// Share of firms rightly inferred, by the share of the evidence that agrees: docs/industries.md.
struct Band {
  double from;
  double right;
};
constexpr Band kMeasured[] = {{0, 0.41}, {0.30, 0.53}, {0.45, 0.65}, {0.60, 0.79}, {0.75, 0.91}};

double measured(double share) {
  double right = 0;
  for (const Band& band : kMeasured) {
    if (share >= band.from) right = band.right;
  }
  return right;
}

constexpr std::string_view kFarmServices = "A05";
constexpr std::string_view kHolding = "L721";
constexpr std::string_view kFreight =
    "G543";                       // makers and builders hold its licence for lorries of their own
constexpr double kGeneral = 0.5;  // a word too general to name a product

std::size_t code_point_length(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

bool contains(std::string_view text, std::string_view word) {
  return text.find(word) != std::string_view::npos;
}

struct Found {
  std::string_view industry;
  std::string_view word;
  bool whole = false;
  bool aside = false;   // it stands in an item and does not end it
  std::size_t end = 0;  // where it ends in a name
};

/// Words that each speak for one industry.
class Vocabulary {
 public:
  void add(std::string_view word, std::string_view industry) {
    words_.try_emplace(std::string(word), industry);
    longest_ = std::max(longest_, word.size());
  }
  [[nodiscard]] bool has(std::string_view word) const { return words_.contains(word); }

  // The longest word in a text; of two as long the one that ends later, since the head of a Chinese
  // noun stands last.
  [[nodiscard]] std::optional<Found> find(std::string_view text) const {
    std::optional<Found> best;
    for (std::size_t at = 0; at < text.size(); at += code_point_length(text[at])) {
      const std::size_t rest = std::min(longest_, text.size() - at);
      for (std::size_t length = rest; length > 0; --length) {
        const auto entry = words_.find(text.substr(at, length));
        if (entry == words_.end()) continue;
        if (!best || entry->first.size() >= best->word.size()) {
          best = Found{entry->second, entry->first, length == text.size()};
        }
        break;
      }
    }
    return best;
  }

  // The word that ends last in a text; of several that end there the longest.
  [[nodiscard]] std::optional<Found> find_last(std::string_view text) const {
    for (std::size_t end = text.size(); end > 0; --end) {
      if (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) continue;
      auto found = find_head(text.substr(0, end));
      if (!found) continue;
      found->end = end;
      return found;
    }
    return std::nullopt;
  }

  // The longest word that ends a text.
  [[nodiscard]] std::optional<Found> find_head(std::string_view text) const {
    for (std::size_t at = 0; at < text.size(); at += code_point_length(text[at])) {
      const std::string_view rest = text.substr(at);
      const auto entry = words_.find(rest);
      if (entry != words_.end()) return Found{entry->second, entry->first, at == 0};
    }
    return std::nullopt;
  }

 private:
  StringMap<std::string_view> words_;
  std::size_t longest_ = 0;
};

// Farming, mining, manufacturing.
bool makes_goods(const Industry& industry) { return industry.code.front() <= 'C'; }

// `轴承、齿轮和传动部件制造` → 轴承, 齿轮, 传动部件.
std::vector<std::string> products_of(std::string_view name) {
  std::string text(name);
  for (const std::string_view ending :
       {"制造业", "制品业", "制造", "加工业", "加工", "生产", "开采和洗选", "采选", "开采",
        "的饲养", "饲养", "养殖", "类种植", "种植", "业"}) {
    if (text.ends_with(ending) && ending != "制品业") {
      text.resize(text.size() - ending.size());
      break;
    }
  }
  std::vector<std::string> products;
  std::string product;
  const auto close = [&] {
    if (product.starts_with("其他")) product.erase(0, std::string_view("其他").size());
    if (count_code_points(product) >= 2 && !ScopeTagger::too_general(product) &&
        !contains(product, "未列明") && !contains(product, "类似")) {
      products.push_back(product);
    }
    product.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view one = std::string_view(text).substr(at, code_point_length(text[at]));
    at += one.size();
    if (one == "、" || one == "及" || one == "和" || one == "（" || one == "）") {
      close();
    } else {
      product += one;
    }
  }
  close();
  return products;
}

// Things that the classification itself names. What several groups name tells none of them.
void add_official_products(Vocabulary& vocabulary, const Vocabulary& services) {
  std::map<std::string, std::string_view> group_of;
  for (const Industry& one : industries()) {
    if (one.level() != IndustryLevel::Class || !makes_goods(one)) continue;
    const std::string_view group = one.code.substr(0, 4);
    for (const std::string& product : products_of(one.name)) {
      const auto [known, fresh] = group_of.emplace(product, group);
      if (!fresh && known->second != group) known->second = {};
    }
  }
  for (const auto& [product, group] : group_of) {
    // 建筑装饰 of 建筑装饰及水暖管道零件制造 is what others do.
    if (!group.empty() && !services.find_head(product)) vocabulary.add(product, group);
  }
}

// What speaks for one industry, or for all of a section or division (制造, 矿业).
struct Evidence {
  double weight = 0;
  double strongest = 0;
  std::string words;
};

class Ballot {
 public:
  void add(std::string_view industry, double weight, std::string_view words) {
    add_to(by_industry_, industry, weight, words);
  }
  // Of a section or division: speaks for all in it.
  void add_hint(std::string_view industry, double weight, std::string_view words) {
    add_to(hints_, industry, weight, words);
  }
  // What no word of ours tells.
  void add_unknown(double weight) { total_ += weight; }

  // In the section with most evidence the industry; nothing where none of it is named.
  [[nodiscard]] std::optional<InferredIndustry> result() const {
    std::map<char, double> sections;
    for (const Evidences* all : {&by_industry_, &hints_}) {
      for (const auto& [industry, evidence] : *all) {
        sections[industry.front()] += evidence.weight;
      }
    }
    const auto most =
        std::ranges::max_element(sections, {}, [](const auto& section) { return section.second; });
    std::optional<InferredIndustry> best;
    for (const Evidences* candidates : {&by_industry_, &hints_}) {
      for (const auto& [industry, evidence] : *candidates) {
        if (industry.size() < 3 || industry.front() != most->first) continue;
        double weight = 0;
        for (std::size_t length = 1; length <= industry.size(); ++length) {
          for (const Evidences* all : {&by_industry_, &hints_}) {
            const auto broader = all->find(industry.substr(0, length));
            if (broader != all->end()) weight += broader->second.weight;
          }
        }
        const double share = weight / total_;
        if (!best || share > best->agreement) best = {industry, 0, share, evidence.words};
      }
      if (best) break;
    }
    return best;
  }

 private:
  using Evidences = std::map<std::string, Evidence>;  // in order: ties go to the lower code

  void add_to(Evidences& all, std::string_view industry, double weight, std::string_view words) {
    Evidence& evidence = all[std::string(industry.substr(0, 4))];
    evidence.weight += weight;
    if (weight > evidence.strongest) {
      evidence.strongest = weight;
      evidence.words = words;
    }
    total_ += weight;
  }

  Evidences by_industry_;
  Evidences hints_;
  double total_ = 0;
};

// 软硬件的开发 → 软硬件开发.
std::string without_particle(std::string_view item) {
  constexpr std::string_view kParticle = "的";
  std::string text(item);
  for (std::size_t at = text.find(kParticle); at != std::string::npos; at = text.find(kParticle)) {
    text.erase(at, kParticle.size());
  }
  return text;
}

// 各种电缆系列产品 → 电缆.
std::string_view without_fillers(std::string_view item) {
  for (const std::string_view word : leading_fillers()) {
    if (item.starts_with(word) && item.size() > word.size()) item.remove_prefix(word.size());
  }
  for (const std::string_view word : trailing_fillers()) {
    if (item.ends_with(word) && item.size() > word.size()) item.remove_suffix(word.size());
  }
  return item;
}

std::string_view before_joiner(std::string_view item) {
  std::size_t cut = item.size();
  for (const std::string_view joiner : {"及", "和", "与"}) cut = std::min(cut, item.find(joiner));
  return trim(item.substr(0, cut));
}

bool ends_with_any(std::string_view text, std::span<const std::string_view> endings) {
  return std::ranges::any_of(endings,
                             [&](std::string_view ending) { return text.ends_with(ending); });
}

// 生产 | 研发 | 咨询 say what is done with other items; transport and the like are items
// themselves, and so is what several of them name: 工程技术咨询.
bool only_says_what_is_done(std::string_view word) {
  constexpr std::string_view kWorks[] = {"运输", "仓储", "装卸", "搬运", "印刷"};
  if (std::ranges::find(kWorks, word) != std::end(kWorks)) return false;
  return std::ranges::find(activity_words(), word, &ActivityWord::word) != activity_words().end();
}

// 教育 | 设备 is about goods, whoever they are for.
bool names_goods(std::string_view ending) {
  for (const std::string_view goods :
       {"设备", "器材", "用品", "材料", "设施", "机械", "产品", "配件"}) {
    if (contains(ending, goods)) return true;
  }
  return false;
}

// Making tells more than what a maker does beside it: he sells, lets and advises too.
double weight_of(const ClauseItem& item) {
  constexpr std::string_view kBeside[] = {"租赁",     "出租",     "咨询",     "咨询服务", "策划",
                                          "技术服务", "技术开发", "技术推广", "技术转让", "研究"};
  const bool beside = ends_with_any(item.whole, kBeside);
  if (!item.activity) return beside ? kAside : 0.8;
  switch (*item.activity) {
    case Activity::Make:
      return 1;
    case Activity::Process:
      return 0.8;
    case Activity::Serve:
      return beside ? kAside : 1;
    default:
      return 0.6;
  }
}

bool makes_things(const ClauseItem& item) {
  return item.activity && *item.activity <= Activity::Process && !item.words.empty();
}

}  // namespace

// What a name says of how to read the scope.
struct Way {
  bool retail = false;
  bool factory = false;
  bool carrier = false;
};

namespace {

// Whether a word of two characters is a thing, as its last one says (铜管), and no way of making or using
// it (压铸, 耐磨).
bool names_a_thing(std::string_view word) {
  constexpr std::string_view kThings =
      "管杆带箔板棒线排丝绳钉栓簧泵阀机车轮胎膜布纱纸箱盒袋罐桶漆料剂胶革皮油粉糖酒奶酸碱肥药膏砖石"
      "砂瓷炉塔柜器"
      "件壳架轴桥刀具钻锯模床灯表屏片条圈环套盖缸头球锭材钢电池体铁材芯网缆";
  constexpr std::size_t kCharacter = 3;  // bytes
  return word.size() == 2 * kCharacter &&
         kThings.find(word.substr(word.size() - kCharacter)) != std::string_view::npos &&
         word != "机车" && word != "管线" && word != "行车";
}

// 叉车, 铜带: words of one kind of goods, made in one industry first of all.
void add_kinds_of_goods(Vocabulary& products) {
  constexpr std::size_t kGroup = 4;  // of a code: C325
  for (const GoodsKind& kind : goods_kinds()) {
    for (const std::string_view word : kind.words) {
      const std::size_t length = count_code_points(word);
      if (length > 2 || names_a_thing(word)) {
        products.add(word, kind.made_in.front().substr(0, kGroup));
      }
    }
  }
}

}  // namespace

struct IndustryClassifier::State {
  Vocabulary products;
  Vocabulary services;
  Vocabulary trades;
  Vocabulary names;

  State() {
    for (const auto& [word, industry] : name_words()) names.add(word, industry);
    for (const auto& [word, industry] : product_words()) products.add(word, industry);
    for (const auto& [word, industry] : service_words()) services.add(word, industry);
    add_official_products(products, services);
    add_kinds_of_goods(products);
    for (const auto& [word, industry] : trade_words()) trades.add(word, industry);
  }

  [[nodiscard]] std::optional<Found> made(const ClauseItem& item) const {
    std::optional<Found> found = products.find_head(item.words);
    if (!found || !found->whole) {
      // 普通机械及配件
      const auto first = products.find_head(before_joiner(item.words));
      if (first && (first->whole || !found)) found = first;
    }
    if (!found) found = products.find_head(without_fillers(item.words));
    const bool named = found.has_value();
    if (!found) found = services.find(item.whole);
    if (!found) found = products.find(item.words);
    if (!found) return found;
    // 汽车 of 汽车座套 is not what is made.
    if (!named && !item.words.ends_with(found->word)) found->aside = true;
    // 汽车制动零部件, 汽车及非汽车橡塑零部件
    if (found->industry == "C361" && names_parts(item.words)) found->industry = "C367";
    return found;
  }

  [[nodiscard]] std::optional<Found> done(const ClauseItem& item) const {
    auto found = services.find(item.whole);
    if (!found) found = services.find(item.words);
    return found;
  }

  // 经营劳务派遣业务 and 房地产销售 trade no goods.
  [[nodiscard]] std::optional<Found> traded_service(std::string_view words) const {
    for (const std::string_view ending : {"业务", "服务"}) {
      if (words.ends_with(ending)) words.remove_suffix(ending.size());
    }
    const auto found = services.find_head(words);
    constexpr std::string_view kSections = "DFGHIJKLQ";
    if (!found || !contains(kSections, found->industry.substr(0, 1))) return std::nullopt;
    return found;
  }

  [[nodiscard]] std::optional<Found> found_in(const ClauseItem& item, const Way& way) const {
    const Found trade{way.retail ? "F52" : "F51", item.words, true};
    // 利用自有资金对建设工程项目进行投资 builds nothing.
    constexpr std::string_view kInvesting = "投资";
    if (item.whole.ends_with(kInvesting) && contains(item.whole, "资金")) {
      return Found{kHolding, kInvesting, true};
    }
    if (!item.activity) {
      if (auto found = done(item)) return found;
      const auto found = way.factory ? products.find(item.words) : products.find_head(item.words);
      return way.factory || !found ? found : trade;
    }
    switch (*item.activity) {
      case Activity::Make:
      case Activity::Process:
        return made(item);
      case Activity::Trade:
        // 商务代理
        if (auto found = services.find(item.whole); found && found->whole) return found;
        if (auto found = traded_service(item.words)) return found;
        return trade;
      case Activity::Develop:
        // 房地产开发, not 保温 of 保温材料研发: what is developed is no service yet.
        if (auto found = services.find(without_particle(item.whole));
            found && (item.words.ends_with(found->word) || !contains(item.words, found->word))) {
          return found;
        }
        return item.trades ? std::optional(trade) : std::nullopt;
      default:
        return done(item);
    }
  }

  // The more is said before a list, the less it counts, and so within the list.
  void read_scope(const std::vector<ClauseItem>& items, const Way& way, Ballot& ballot) const {
    const bool makes = std::ranges::any_of(items, makes_things);
    double said = 1;
    for (std::size_t from = 0, to = 0; from < items.size(); from = to) {
      double places = 0;
      std::vector<const ClauseItem*> list;
      for (; to < items.size() && items[to].list == items[from].list; ++to) {
        if (says_nothing(items[to])) continue;
        list.push_back(&items[to]);
        places += 1.0 / static_cast<double>(list.size());
      }
      double weights = 0;
      for (std::size_t i = 0; i < list.size(); ++i) {
        const ClauseItem& item = *list[i];
        const double place = places * static_cast<double>(i + 1);
        const auto found = found_in(item, way);
        double weight = weight_of(item);
        const bool beside = found && ((makes && found->industry == kHolding) ||
                                      (!way.carrier && found->industry == kFreight));
        if (beside) weight = kAside;
        // Developing is what makers of software do, and builders of houses.
        if (found && found->industry.front() == 'I') weight = std::max(weight, 0.8);
        if (found && found->industry == "K701") weight = 1;
        if (makes && item.activity == Activity::Serve) weight = std::min(weight, 0.6);
        weights += weight / place;
        if (!found) {
          ballot.add_unknown(weight / place / said);
          continue;
        }
        const double counted = weight / place / said;
        const bool general = found->aside || (found->industry.front() == 'C' &&
                                              ScopeTagger::too_general(found->word));
        ballot.add(found->industry, general ? kGeneral * counted : counted, found->word);
        if (general) ballot.add_unknown((1 - kGeneral) * counted);
      }
      said += weights;
    }
  }

  // What a firm does first, of all that it makes and trades; nothing when it does neither.
  [[nodiscard]] std::optional<Activity> first_of(const std::vector<ClauseItem>& items) const {
    for (const ClauseItem& item : items) {
      if (makes_things(item)) return Activity::Make;
      const bool goods = item.activity == Activity::Trade && !says_nothing(item) &&
                         !traded_service(item.words) && !services.find_head(item.whole);
      if (goods) return Activity::Trade;
    }
    return std::nullopt;
  }

  [[nodiscard]] bool says_nothing(const ClauseItem& item) const {
    // Who trades at all may register to trade abroad: 货物及技术进出口.
    if (contains(item.whole, "进出口") &&
        (contains(item.words, "货物") || contains(item.words, "技术"))) {
      return true;
    }
    if (!item.words.empty()) return false;
    const auto work = services.find(item.whole);
    return !work || only_says_what_is_done(work->word);
  }

  // Of a firm of a group the part behind the group's own name: 钢铁集团 | 矿业.
  static std::string_view own_part(std::string_view name) {
    constexpr std::string_view kGroup = "集团";
    const std::size_t at = name.rfind(kGroup);
    if (at == std::string_view::npos) return name;
    const std::string_view rest = name.substr(at + kGroup.size());
    for (const std::string_view form : {"有限", "股份", "公司"}) {
      if (rest.starts_with(form)) return name;
    }
    return rest.empty() ? name : rest;
  }

  struct Head {
    std::optional<Found> found;
    bool hint = false;
    bool service = false;
  };

  // What stands last says what the others are about: 汽车配件 | 制造, 建材 | 贸易.
  [[nodiscard]] Head head_of(std::string_view name) const {
    Head head;
    for (const Vocabulary* words : {&names, &trades, &services, &products}) {
      const auto found = words->find_last(name);
      if (!found) continue;
      if (head.found && std::pair(found->end, found->word.size()) <=
                            std::pair(head.found->end, head.found->word.size())) {
        continue;
      }
      const bool broad = words == &trades && found->industry.size() < 4;
      head = {found, words == &names || broad, words == &services};
    }
    if (head.service && names_goods(name.substr(head.found->end))) head.found.reset();
    return head;
  }

  void read_name(std::string_view core, bool makes, bool deals, Ballot& ballot) const {
    std::string_view name = own_part(core);
    Head head = head_of(name);
    double share = 1;
    if (!head.found && name != core) {
      // 地产集团 | 江津: nothing of its own.
      name = core;
      head = head_of(name);
      share = kGeneral;
    }
    if (!head.found) return;
    const auto vote = [&](const Found& found, bool hint, bool service) {
      const bool product = !service && found.industry.front() <= 'C';
      if (makes && found.industry == kHolding) return;
      if (product && deals) {
        ballot.add_hint("F", share * kGeneral, found.word);
      } else if (hint) {
        ballot.add_hint(found.industry, share * (found.industry.front() == 'F' ? kName : kGeneral),
                        found.word);
      } else {
        const bool general = product && (!makes || ScopeTagger::too_general(found.word));
        ballot.add(found.industry, share * (general ? kGeneral : kName), found.word);
      }
    };
    vote(*head.found, head.hint, head.service);
    if (!head.hint) return;
    // 装饰 | 工程
    const Head before = head_of(name.substr(0, head.found->end - head.found->word.size()));
    if (before.found && before.found->industry.front() == head.found->industry.front() &&
        !before.hint) {
      vote(*before.found, false, before.service);
    }
  }
};

IndustryClassifier::IndustryClassifier() : state_(std::make_unique<State>()) {}
IndustryClassifier::~IndustryClassifier() = default;
IndustryClassifier::IndustryClassifier(IndustryClassifier&&) noexcept = default;
IndustryClassifier& IndustryClassifier::operator=(IndustryClassifier&&) noexcept = default;

std::optional<InferredIndustry> IndustryClassifier::classify(std::string_view name,
                                                             std::string_view scope) const {
  const FirmName parts = normalize_firm_name(name);
  const std::string& core = parts.core;
  const std::vector<ClauseItem> items = read_clauses(scope);
  const bool factory = parts.form.ends_with("厂") || contains(core, "制造");
  const auto first = state_->first_of(items);
  const bool makes = first ? first == Activity::Make : items.empty() || factory;
  const bool deals = first == Activity::Trade;
  const auto says = state_->trades.find_last(core);
  const bool shop = says && says->industry.starts_with("F52");
  const bool retail = shop || (contains(scope, "零售") && !contains(scope, "批发"));
  const auto head = state_->head_of(core).found;
  const bool carrier = head && head->industry.front() == 'G';
  Ballot ballot;
  state_->read_scope(items, {retail, factory, carrier}, ballot);
  if (!core.empty()) state_->read_name(core, makes, deals, ballot);
  std::optional<InferredIndustry> result = ballot.result();
  if (!result) return result;
  result->confidence = measured(result->agreement);
  // 农机专业合作社: farmers who run machines, not who makes them.
  if (name.ends_with("合作社") && result->code.front() == 'C') result->code = kFarmServices;
  return result;
}

std::optional<InferredIndustry> IndustryClassifier::classify_product(std::string_view name) const {
  constexpr double kWhole = 0.85;
  constexpr double kHead = 0.6;
  ClauseItem item;
  item.activity = Activity::Make;
  item.words = normalize_width(trim(name));
  item.whole = item.words;
  const auto found = state_->made(item);
  if (!found || found->industry.size() < 3) return std::nullopt;
  // 鱼 of 鱼潭水电站 is not what is made.
  if (found->aside || (!found->whole && count_code_points(found->word) < 2)) return std::nullopt;
  return InferredIndustry{std::string(found->industry), found->whole ? kWhole : kHead, 1,
                          std::string(found->word)};
}

}  // namespace liantu
