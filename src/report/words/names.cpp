#include "report/words/names.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/core/hash_map.hpp"
#include "liantu/base/values/goods_kinds.hpp"
#include "liantu/base/values/money.hpp"
#include "liantu/chain/economy/newcomer.hpp"
#include "liantu/chain/economy/sector_kinds.hpp"
#include "report/words/cells.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

constexpr std::size_t kNamesBrief = 3;
constexpr std::size_t kNamesFull = 50;
constexpr std::size_t kFewNames = 2;  // beside a count, in a brief sheet

/// Names in the order in which they were first said.
class DistinctNames {
 public:
  void add(std::string name) {
    if (known_.insert(name).second) names_.push_back(std::move(name));
  }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

 private:
  HashSet<std::string> known_;
  std::vector<std::string> names_;
};

}  // namespace

std::string Names::of(FirmId firm) const {
  return marked(firm, firm_name(graph_, newcomers_, firm));
}

std::string Names::of(SegmentId segment) const {
  return std::string(graph_.name(graph_.entity(segment)));
}

SheetCell Names::firms(const std::vector<FirmId>& firms) const {
  return join(all_words(firms, [&](FirmId firm) { return in_list(firm); }));
}

SheetCell Names::products_of(const Gap& gap) const {
  DistinctNames products;
  for (const Need& need : gap.needers) {
    if (need.reckoned)
      products.add(of(need.product));  // else it is stated to be bought, whatever for
  }
  return words(join_names(products.names(), options_.brief ? kFewNames : kNamesFull,
                          Counter::Things, options_.language));
}

SheetCell Names::buyers_of(const Gap& gap) const {
  constexpr std::size_t kBuyers = 3;
  const bool zh = options_.language == Language::Zh;
  std::vector<std::string> names;
  for (const Need& need : gap.needers) {
    if (names.size() == kBuyers) break;
    std::string what = of(need.product);
    if (const auto product = product_made(graph_, need.firm, need.product))
      what += (zh ? "：" : ": ") + of(*product);
    const auto capital = graph_.number(graph_.entity(need.firm), EntityNumber::RegisteredCapital);
    if (capital) {
      what += (zh ? "，注册资本" : ", registered capital ") +
              format_money(Money{capital->value}, options_.language);
    }
    names.push_back(in_list(need.firm) + (zh ? "（" : " (") + what + (zh ? "）" : ")"));
  }
  return words(join_words(names, options_.language));
}

SheetCell Names::causes_of(const Gap& gap) const {
  DistinctNames products;
  std::size_t more = 0;  // not named
  for (const RoundDemand& round : gap.later) {
    more = std::max(more, round.cause_count - std::min(round.cause_count, round.causes.size()));
    for (const DemandCause& cause : round.causes) products.add(of(cause.product));
  }
  return words(join_names(products.names(), kNamesFull, Counter::Things, options_.language,
                          products.names().size() + more));
}

SheetCell Names::segments(const std::vector<SegmentId>& segments, std::size_t total) const {
  const auto names = all_words(segments, [&](SegmentId segment) { return of(segment); });
  return words(join_names(names, kNamesFull, Counter::Segments, options_.language, total));
}

SheetCell Names::kinds(const std::vector<KindNeed>& kinds) const {
  constexpr std::size_t kMost = 4;
  const bool zh = options_.language == Language::Zh;
  const std::span told(kinds.data(), std::min(kMost, kinds.size()));
  const auto names = all_words(told, [&](const KindNeed& one) {
    return fmt::format(fmt::runtime(zh ? "{}（{}家）" : "{} ({} firms)"),
                       goods_kinds()[one.kind].name.in(options_.language), one.buyers);
  });
  return words(join_names(names, kMost, Counter::Segments, options_.language));
}

SheetCell Names::few_makers(const Gap& gap) const {
  const bool zh = options_.language == Language::Zh;
  const auto names = all_words(gap.makers, [&](const Maker& maker) { return in_list(maker.firm); });
  std::string text = names.empty()
                         ? Text{"none", "无"}.in(options_.language)
                         : join_names(names, kFewNames, Counter::Firms, options_.language);
  const std::size_t possible = std::max(gap.possible_maker_count, gap.possible_makers.size());
  if (possible > 0) {
    text +=
        zh ? fmt::format("（另可能有{}家）", possible) : fmt::format(" ({} possible)", possible);
  }
  return words(text);
}

std::string Names::in_list(FirmId firm) const {
  if (!options_.brief) return of(firm);
  return marked(firm, without_legal_form(firm_name(graph_, newcomers_, firm)));
}

std::string Names::marked(FirmId firm, std::string_view name) const {
  return fmt::format("{}{}", name, newcomer_mark(graph_, firm, options_.language));
}

SheetCell Names::join(const std::vector<std::string>& names, std::size_t total) const {
  return words(join_names(names, options_.brief ? kNamesBrief : kNamesFull, Counter::Firms,
                          options_.language, total));
}

}  // namespace liantu
