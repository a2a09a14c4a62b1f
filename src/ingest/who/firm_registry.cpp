#include "ingest/who/firm_registry.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text/excerpt.hpp"
#include "liantu/base/values/credit_code.hpp"
#include "liantu/base/values/firm_name.hpp"

namespace liantu {
namespace {

constexpr std::size_t kOrganizationAt = 8;  ///< of the organisation code in a credit code
constexpr std::size_t kOrganization = 9;

/// The organisation code that a code is or has in it; empty when it has none.
std::string_view organization_code(std::string_view code) {
  switch (read_firm_code(code).kind) {
    case FirmCodeKind::CreditCode:
      return code.substr(kOrganizationAt, kOrganization);
    case FirmCodeKind::OrganizationCode:
      return code;
    default:
      return {};
  }
}

/// Whether two codes can be no one firm's: a registration number says nothing of a credit code.
bool contradict(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty() || a == b) return false;
  if (a.size() == b.size()) return true;
  const std::string_view one = organization_code(a);
  const std::string_view other = organization_code(b);
  return !one.empty() && !other.empty() && one != other;
}

bool is_mistyped(std::string_view code) {
  const FirmCode read = read_firm_code(code);
  return read.kind != FirmCodeKind::None && !read.check_fits;
}

}  // namespace

FirmRegistry::FirmRegistry(GraphBuilder& builder, std::vector<NameQuestion> before)
    : builder_(builder), questions_(std::move(before)) {
  for (const NameQuestion& one : questions_.before()) {
    const bool other = one.answer == Confirmed::Other;
    if (one.answer != Confirmed::Yes && !other) continue;
    const std::string written = normalize_firm_name(one.written).full;
    ConfirmedFirm same{normalize_firm_name(other ? one.other : one.firm).full,
                       other ? "" : one.code};
    if (other && read_firm_code(normalize_credit_code(one.other)).kind != FirmCodeKind::None) {
      same = {{}, normalize_credit_code(one.other)};
    }
    // Whichever of the two rows is read first.
    if (!same.name.empty()) same_[same.name].push_back({written, {}});
    same_[written].push_back(std::move(same));
  }
}

void FirmRegistry::learn_code(std::string_view name, std::string_view code) {
  Codes& known_codes = codes_of_name_[normalize_firm_name(name).full];
  std::vector<std::string>& codes = known_codes.some;
  if (std::ranges::find(codes, code) != codes.end()) return;
  // A code whose check digit is wrong counts only where no row of the name has a right one.
  const bool odd = is_mistyped(code);
  const auto same_kind = [&](const std::string& known) { return known.size() == code.size(); };
  const auto right = [&](const std::string& known) {
    return same_kind(known) && !is_mistyped(known);
  };
  if (odd && std::ranges::any_of(codes, right)) return;
  if (!odd) {
    std::erase_if(codes,
                  [&](const std::string& known) { return same_kind(known) && is_mistyped(known); });
  }
  // What many firms share tells none of them apart, however many more there are.
  constexpr std::size_t kEnough = 64;
  if (codes.size() >= kEnough) {
    if (!known_codes.all) {
      known_codes.all = std::make_unique<HashSet<std::uint64_t>>();
      for (const std::string& one : codes) known_codes.all->insert(StringHash()(one));
    }
    known_codes.all->insert(StringHash()(code));
    return;
  }
  codes.emplace_back(code);
  // The longest says most: a credit code before a registration number, an organisation code last.
  std::ranges::stable_sort(codes, std::ranges::greater(), &std::string::size);
}

bool is_source_id(std::string_view words) {
  constexpr std::size_t kLeast = 5;
  return words.size() >= kLeast &&
         std::ranges::all_of(words, [](char c) { return c >= '0' && c <= '9'; });
}

FirmIdentity FirmRegistry::identify(std::string_view name, std::string_view code,
                                    std::span<const std::string_view> aliases) const {
  using enum FirmIdentity::Kind;
  const FirmName normal = normalize_firm_name(name);
  FirmIdentity identity;
  identity.code = code;
  const auto found = [&](FirmIdentity::Kind kind, std::uint32_t firm) {
    identity.kind = kind;
    identity.firm = firm;
    identity.other_name =
        (kind == SameCode || kind == SameName) && firms_[firm].name != normal.full;
    return identity;
  };
  const auto ambiguous = [&](std::size_t count) {
    identity.kind = Ambiguous;
    identity.count = count;
    return identity;
  };
  if (const auto codes = codes_of_name_.find(normal.full); codes != codes_of_name_.end()) {
    const std::vector<std::string>& all = codes->second.some;
    const std::string& best = all.front();
    const bool one = std::ranges::none_of(
        all, [&](const std::string& other) { return contradict(best, other); });
    const bool dropped = is_mistyped(code) && std::ranges::find(all, code) == all.end();
    if (code.empty() && !one) return ambiguous(codes->second.count());
    if (one && (dropped || code.size() < best.size())) identity.code = best;
  }
  if (const auto& same = with_code(identity.code); !same.empty()) {
    return found(SameCode, same.front());
  }
  const EntityIndex::Ids known = candidates(normal.full, identity.code, aliases);
  if (known.size() > 1) return ambiguous(known.size());
  if (known.size() == 1) return found(SameName, known.front());
  // A table that names firms by their ids in the source: 600000.
  if (is_source_id(name) && code.empty()) {
    const EntityIndex::Ids& called = index_.by_key(name);
    if (called.size() > 1) return ambiguous(called.size());
    if (called.size() == 1) {
      identity.kind = SameName;
      identity.firm = called.front();
      return identity;
    }
  }
  if (const auto& namesakes = index_.by_name(normal.full); !namesakes.empty()) {
    return found(Namesake, namesakes.front());
  }
  if (const auto& similar = index_.by_core(normal.core); !normal.form.empty() && !similar.empty()) {
    return found(SimilarName, similar.front());
  }
  return identity;
}

// Firms of this name, else firms one of whose other names it is or whose name is another name of
// this row's; but none with another code.
EntityIndex::Ids FirmRegistry::candidates(std::string_view name, std::string_view code,
                                          std::span<const std::string_view> aliases) const {
  EntityIndex::Ids found;
  const auto add = [&](const EntityIndex::Ids& ids) {
    for (const std::uint32_t id : ids) {
      const std::string& other = firms_[id].code;
      if (contradict(code, other)) continue;
      if (std::ranges::find(found, id) == found.end()) found.push_back(id);
    }
  };
  // Of two credit codes none is the other, so that only firms without one come into question.
  const bool has_credit_code = read_firm_code(code).kind == FirmCodeKind::CreditCode;
  if (has_credit_code) {
    const auto open = open_names_.find(name);
    if (open != open_names_.end()) add(open->second);
  } else {
    add(index_.by_name(name));
  }
  if (!found.empty()) return found;
  if (const auto same = same_.find(name); same != same_.end()) {
    for (const ConfirmedFirm& one : same->second) add(firms_of(one));
    if (!found.empty()) return found;
  }
  add(index_.by_alias(name));
  for (const std::string_view alias : aliases) add(index_.by_name(normalize_firm_name(alias).full));
  return found;
}

// Firms that a person means: of the name, unless the code that he sees beside it is another's.
EntityIndex::Ids FirmRegistry::firms_of(const ConfirmedFirm& same) const {
  if (same.name.empty()) return index_.by_code(same.code);
  EntityIndex::Ids found;
  const EntityIndex::Ids& named = index_.by_name(same.name);
  for (const std::uint32_t firm : named) {
    if (!contradict(same.code, firms_[firm].code)) found.push_back(firm);
  }
  // Who had another name since is still found by his code.
  if (named.empty() && !same.code.empty()) return index_.by_code(same.code);
  return found;
}

std::uint32_t FirmRegistry::add(std::string_view name, std::string_view code,
                                const Provenance& from) {
  const std::uint32_t firm = builder_.add(EntityKind::Firm, name, from).local;
  FirmName normal = normalize_firm_name(name);
  index_.add_name(normal.full, firm);
  if (!normal.form.empty()) index_.add_core(normal.core, firm);
  open_names_[normal.full].push_back(firm);
  firms_.push_back({.name = std::move(normal.full), .origin = from});
  matcher_.reset();
  set_code(firm, code);
  return firm;
}

void FirmRegistry::set_code(std::uint32_t firm, std::string_view code) {
  if (code.empty() || code == firms_[firm].code) return;
  if (contradict(firms_[firm].code, code)) return;
  index_.add_code(code, firm);
  if (const std::string_view organization = organization_code(code); !organization.empty()) {
    index_.add_code(organization, firm);
  }
  if (firms_[firm].code.size() >= code.size()) return;
  firms_[firm].code = code;
  builder_.set(FirmId{firm}, EntityText::Code, code);
  if (read_firm_code(code).kind != FirmCodeKind::CreditCode) return;
  if (const auto open = open_names_.find(firms_[firm].name); open != open_names_.end()) {
    std::erase(open->second, firm);
    if (open->second.empty()) open_names_.erase(open);
  }
}

const EntityIndex::Ids& FirmRegistry::with_code(std::string_view code) const {
  const EntityIndex::Ids& same = index_.by_code(code);
  if (!same.empty() || code.size() <= kOrganization) return same;
  // A firm known so far by its organisation code alone.
  const EntityIndex::Ids& organization = index_.by_code(organization_code(code));
  const auto has_no_other = [&](std::uint32_t firm) {
    return !contradict(firms_[firm].code, code);
  };
  return std::ranges::all_of(organization, has_no_other) ? organization : same;
}

void FirmRegistry::add_alias(std::string_view name, std::uint32_t firm) {
  std::string normal = normalize_firm_name(name).full;
  index_.add_alias(normal, firm);
  aliases_.emplace_back(std::move(normal), firm);
  matcher_.reset();
}

const EntityIndex::Ids& FirmRegistry::called(std::string_view words) const {
  const std::string code = normalize_credit_code(words);
  const std::string name = normalize_firm_name(words).full;
  for (const EntityIndex::Ids* ids : {&index_.by_code(code), &index_.by_name(name)}) {
    if (!ids->empty()) return *ids;
  }
  if (const auto settled = settled_.find(name); settled != settled_.end()) return settled->second;
  return index_.resolve(code, name, words);
}

void FirmRegistry::settle_answers(std::vector<Problem>& problems) {
  for (const NameQuestion& one : questions_.before()) {
    const bool other = one.answer == Confirmed::Other;
    if (one.answer != Confirmed::Yes && !other) continue;
    const std::string written = normalize_firm_name(one.written).full;
    const auto warn = [&](Text what, Text remedy) {
      problems.push_back({Severity::Warning, one.place, "confirmation", "", excerpt(one.written),
                          std::move(what), std::move(remedy)});
    };
    const auto& all = same_.find(written)->second;
    EntityIndex::Ids firms;
    for (const ConfirmedFirm& same : all) {
      for (const std::uint32_t firm : firms_of(same)) {
        if (firms_[firm].name != written && std::ranges::find(firms, firm) == firms.end()) {
          firms.push_back(firm);
        }
      }
    }
    const EntityIndex::Ids& own = index_.by_name(written);
    if (firms.empty()) {
      // The two rows have become one firm, under either name.
      const bool merged = !own.empty() && std::ranges::any_of(all, [&](const ConfirmedFirm& same) {
        return !same.name.empty() && index_.by_name(same.name).empty();
      });
      const bool known = std::ranges::any_of(all, [&](const ConfirmedFirm& same) {
        return !same.name.empty() && !index_.by_alias(same.name).empty();
      });
      if (merged && known) continue;
      warn({fmt::format("the firm that the answer names, {}, is in no table, or has another code "
                        "there; the answer is kept and not used",
                        excerpt(other ? one.other : one.firm)),
            fmt::format("答复所指企业 {} 不在各表中，或其信用代码不同；答复保留但未采用",
                        excerpt(other ? one.other : one.firm))},
           {"check its name and code, or delete the row to be asked again",
            "请核对其名称与信用代码，或删除此行以便重新询问"});
      continue;
    }
    if (firms.size() > 1) {
      warn({fmt::format("{} firms have the name that the answer means; it is kept and not used",
                        firms.size()),
            fmt::format("有 {} 家企业使用答复所指的名称；答复保留但未采用", firms.size())},
           {"write the credit code of the one that is meant", "请写明所指企业的信用代码"});
      continue;
    }
    if (!own.empty() && std::ranges::find(own, firms.front()) == own.end()) {
      warn({"both names are firms with codes of their own; they stay two firms",
            "两个名称各有自己的信用代码；仍按两家企业处理"},
           {"mend the code that is wrong, or change the answer to 否",
            "请更正有误的信用代码，或把答复改为“否”"});
      continue;
    }
    settled_[written] = firms;
  }
}

// Names of firms and their other names, each with its firm.
const FirmMatcher& FirmRegistry::matcher() {
  if (matcher_) return *matcher_;
  std::vector<std::string_view> names;
  matched_.clear();
  for (std::uint32_t firm = 0; firm < size(); ++firm) {
    names.push_back(firms_[firm].name);
    matched_.push_back(firm);
  }
  for (const auto& [alias, firm] : aliases_) {
    names.push_back(alias);
    matched_.push_back(firm);
  }
  MatchOptions options;
  constexpr std::size_t kCandidates = 16;  // several may be names of one firm
  options.most = kCandidates;
  matcher_ = std::make_unique<const FirmMatcher>(names, options);
  return *matcher_;
}

MeantFirms FirmRegistry::meant(std::string_view words) {
  constexpr std::uint32_t kNobody = 0xFFFFFFFF;
  return meant_by(words, kNobody);
}

MeantFirms FirmRegistry::alike(std::uint32_t firm) { return meant_by(firms_[firm].name, firm); }

MeantFirms FirmRegistry::meant_by(std::string_view words, std::uint32_t itself) {
  const MatchOptions thresholds;
  MeantFirms meant;
  if (firms_.empty()) return meant;
  const FirmMatcher& names = matcher();
  const NameMatch match = itself < size() ? names.others(words) : names.match(words);
  double next = 0;
  bool refused = false;
  for (const auto& [name, score] : match.candidates) {
    const std::uint32_t firm = matched_[name];
    if (firm == itself) continue;
    const auto same = [&](const auto& one) { return one.first == firm; };
    if (std::ranges::any_of(meant.firms, same)) continue;
    if (questions_.answered(words, firms_[firm].name) == Confirmed::No) {
      refused = true;
      continue;
    }
    if (meant.firms.size() == 1) next = score;
    if (meant.firms.size() == thresholds.most) break;
    meant.firms.emplace_back(firm, score);
  }
  if (meant.firms.empty()) return meant;
  const double best = meant.firms.front().second;
  const bool sure = match.same == 0 && !refused && itself >= size() && best >= thresholds.link &&
                    best - next >= thresholds.margin;
  meant.verdict = sure ? NameVerdict::Link : NameVerdict::Ask;
  return meant;
}

const EntityIndex::Ids& FirmRegistry::similar(std::string_view name) const {
  return index_.by_core(normalize_firm_name(name).core);
}

}  // namespace liantu
