#include "liantu/ingest/infer_industry.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <vector>

#include "base/string_map.hpp"
#include "ingest/industry_words.hpp"
#include "ingest/scope_words.hpp"
#include "liantu/base/firm_name.hpp"
#include "liantu/base/industry.hpp"
#include "liantu/base/utf8.hpp"
#include "liantu/ingest/scope.hpp"

namespace liantu {
namespace {

constexpr double kClearest = 0.9;  // a word of a text is never quite the industry
constexpr double kPartOfItem = 0.5;

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

bool is_manufacturing(const Industry& industry) { return industry.code.front() == 'C'; }

// `轴承、齿轮和传动部件制造` → 轴承, 齿轮, 传动部件.
std::vector<std::string> products_of(std::string_view name) {
  std::string text(name);
  for (const std::string_view ending :
       {"制造业", "制品业", "制造", "加工业", "加工", "生产", "业"}) {
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
void add_official_products(Vocabulary& vocabulary) {
  std::map<std::string, std::string_view> group_of;
  for (const Industry& one : industries()) {
    if (one.level() != IndustryLevel::Class || !is_manufacturing(one)) continue;
    const std::string_view group = one.code.substr(0, 4);
    for (const std::string& product : products_of(one.name)) {
      const auto [known, fresh] = group_of.emplace(product, group);
      if (!fresh && known->second != group) known->second = {};
    }
  }
  for (const auto& [product, group] : group_of) {
    if (!group.empty()) vocabulary.add(product, group);
  }
}

// One piece of a scope: what stands between two marks.
std::vector<std::string> pieces_of(std::string_view scope) {
  const std::string text = normalize_width(scope);
  std::vector<std::string> pieces;
  std::string piece;
  int depth = 0;
  const auto close = [&] {
    if (const std::string_view words = trim(piece); !words.empty()) pieces.emplace_back(words);
    piece.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view one = std::string_view(text).substr(at, code_point_length(text[at]));
    at += one.size();
    if (one == "(" || one == "[" || one == "【") {
      ++depth;
    } else if (one == ")" || one == "]" || one == "】") {
      depth = std::max(0, depth - 1);
    } else if (depth > 0) {
      continue;
    } else if (one == ";" || one == "。" || one == "," || one == "、" || one == ":" ||
               one == "\n") {
      close();
    } else {
      piece += one;
    }
  }
  close();
  return pieces;
}

// What speaks for one industry.
struct Evidence {
  double weight = 0;
  double clearest = 0;  // how much the clearest word counts
  double strongest = 0;
  std::string words;
};

class Ballot {
 public:
  void add(std::string_view industry, double weight, double clearness, std::string_view words) {
    Evidence& evidence = by_industry_[std::string(industry.substr(0, 4))];
    const double counted = weight * clearness;
    evidence.weight += counted;
    evidence.clearest = std::max(evidence.clearest, clearness);
    if (counted > evidence.strongest) {
      evidence.strongest = counted;
      evidence.words = words;
    }
    total_ += counted;
  }

  [[nodiscard]] std::optional<InferredIndustry> result() const {
    const std::pair<const std::string, Evidence>* best = nullptr;
    for (const auto& entry : by_industry_) {
      if (best == nullptr || entry.second.weight > best->second.weight) best = &entry;
    }
    if (best == nullptr) return std::nullopt;
    return InferredIndustry{best->first,
                            kClearest * best->second.weight / total_ * best->second.clearest,
                            best->second.words};
  }

 private:
  std::map<std::string, Evidence> by_industry_;  // in order: ties go to the lower code
  double total_ = 0;
};

std::string_view before_joiner(std::string_view item) {
  std::size_t cut = item.size();
  for (const std::string_view joiner : {"及", "和", "与"}) cut = std::min(cut, item.find(joiner));
  return trim(item.substr(0, cut));
}

// 生产 | 研发 | 咨询 say what is done with other items; transport and the like are items
// themselves.
bool is_activity(std::string_view piece) {
  for (const std::string_view service : {"运输", "仓储", "装卸", "搬运", "印刷"}) {
    if (piece == service) return false;
  }
  return std::ranges::find(activity_words(), piece, &ActivityWord::word) != activity_words().end();
}

// 教育 | 设备 is about goods, whoever they are for.
bool names_goods(std::string_view ending) {
  for (const std::string_view goods : {"设备", "器材", "用品", "材料", "机械", "产品", "配件"}) {
    if (contains(ending, goods)) return true;
  }
  return false;
}

// Whether what a firm does first is to make, of all that it makes and trades.
bool makes_first(const std::vector<ScopeItem>& items) {
  for (const ScopeItem& item : items) {
    if (item.activity == Activity::Trade) return false;
    if (item.activity <= Activity::Process) return true;
  }
  return false;
}

}  // namespace

struct IndustryClassifier::State {
  Vocabulary products;
  Vocabulary services;
  Vocabulary trades;

  State() {
    for (const auto& [word, industry] : product_words()) products.add(word, industry);
    add_official_products(products);
    for (const auto& [word, industry] : service_words()) services.add(word, industry);
    for (const auto& [word, industry] : trade_words()) trades.add(word, industry);
  }

  [[nodiscard]] std::optional<Found> found_in(const ScopeItem& item, bool retail) const {
    std::optional<Found> found;
    switch (item.activity) {
      case Activity::Make:
      case Activity::Process:
        found = products.find_head(item.words);
        if (!found || !found->whole) {
          // 普通机械及配件
          const auto first = products.find_head(before_joiner(item.words));
          if (first && (first->whole || !found)) found = first;
        }
        if (!found) found = services.find(item.whole);
        if (!found) found = products.find(item.words);
        return found;
      case Activity::Trade:
        found = traded_service(item.words);
        if (found) return found;
        return Found{retail ? "F52" : "F51", item.words, true};
      default:
        found = services.find(item.whole);
        if (!found) found = services.find(item.words);
        return found;
    }
  }

  // 经营劳务派遣业务 and 房地产销售 trade no goods.
  [[nodiscard]] std::optional<Found> traded_service(std::string_view words) const {
    for (const std::string_view ending : {"业务", "服务"}) {
      if (words.ends_with(ending)) words.remove_suffix(ending.size());
    }
    const auto found = services.find_head(words);
    constexpr std::string_view kSections = "FGHJKLQ";
    if (!found || !contains(kSections, found->industry.substr(0, 1))) return std::nullopt;
    return found;
  }

  // The pieces of the scope in order, each a list of its own or part of one that an activity
  // governs.
  void read_scope(std::string_view scope, bool retail, Ballot& ballot) const {
    const std::vector<ScopeItem> items = parse_scope(scope);
    std::size_t next = 0;
    std::size_t lists = 0;
    constexpr auto kNone = std::numeric_limits<std::uint32_t>::max();
    std::uint32_t open = kNone;                // list that the last piece belonged to
    std::vector<std::string_view> industries;  // that the open list spoke for
    const auto speak = [&](const std::optional<Found>& found) {
      if (!found) return;
      if (std::ranges::find(industries, found->industry) != industries.end()) return;
      const double weight = 1.0 / static_cast<double>(lists * (industries.size() + 1));
      ballot.add(found->industry, weight, found->whole ? 1 : kPartOfItem, found->word);
      industries.push_back(found->industry);
    };
    for (const std::string& piece : pieces_of(scope)) {
      bool consumed = false;
      while (next < items.size() && contains(piece, items[next].words)) {
        if (open != items[next].list) {
          open = items[next].list;
          industries.clear();
          ++lists;
        }
        speak(found_in(items[next], retail));
        consumed = true;
        ++next;
      }
      if (consumed || is_activity(piece)) continue;
      const auto found = services.find(piece);
      if (!found) continue;
      open = kNone;
      industries.clear();
      ++lists;
      speak(found);
    }
  }

  void read_name(std::string_view name, bool makes, Ballot& ballot) const {
    const auto trade = trades.find(name);
    const auto service = services.find(name);
    const auto product = makes ? products.find(name) : std::nullopt;
    // What stands last says what the others are about: 汽车配件 | 制造, 建材 | 贸易.
    const auto end = [&](const std::optional<Found>& found) {
      return found ? name.rfind(found->word) + found->word.size() : 0;
    };
    const std::optional<Found>* last = &trade;
    for (const auto* one : {&service, &product}) {
      if (end(*one) > end(*last)) last = one;
    }
    if (last == &service && service && names_goods(name.substr(end(service)))) return;
    if (*last) ballot.add((*last)->industry, 1, 1, (*last)->word);
  }
};

IndustryClassifier::IndustryClassifier() : state_(std::make_unique<State>()) {}
IndustryClassifier::~IndustryClassifier() = default;
IndustryClassifier::IndustryClassifier(IndustryClassifier&&) noexcept = default;
IndustryClassifier& IndustryClassifier::operator=(IndustryClassifier&&) noexcept = default;

std::optional<InferredIndustry> IndustryClassifier::classify(std::string_view name,
                                                             std::string_view scope) const {
  const std::string core = normalize_firm_name(name).core;
  const bool makes = trim(scope).empty() || makes_first(parse_scope(scope));
  const auto says = state_->trades.find(core);
  const bool retail = (says && says->industry.starts_with("F52")) ||
                      (contains(scope, "零售") && !contains(scope, "批发"));
  Ballot ballot;
  state_->read_scope(scope, retail, ballot);
  if (!core.empty()) state_->read_name(core, makes, ballot);
  return ballot.result();
}

}  // namespace liantu
