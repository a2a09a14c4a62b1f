#include "ingest/who/firm_registry.hpp"

#include <algorithm>

#include "liantu/base/credit_code.hpp"
#include "liantu/base/firm_name.hpp"

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

void FirmRegistry::learn_code(std::string_view name, std::string_view code) {
  std::vector<std::string>& codes = codes_of_name_[normalize_firm_name(name).full];
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
  codes.emplace_back(code);
  // The longest says most: a credit code before a registration number, an organisation code last.
  std::ranges::stable_sort(codes, std::ranges::greater(), &std::string::size);
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
    const std::vector<std::string>& all = codes->second;
    const std::string& best = all.front();
    const bool one = std::ranges::none_of(
        all, [&](const std::string& other) { return contradict(best, other); });
    const bool dropped = is_mistyped(code) && std::ranges::find(all, code) == all.end();
    if (code.empty() && !one) return ambiguous(all.size());
    if (one && (dropped || code.size() < best.size())) identity.code = best;
  }
  if (const auto& same = with_code(identity.code); !same.empty()) {
    return found(SameCode, same.front());
  }
  const EntityIndex::Ids known = candidates(normal.full, identity.code, aliases);
  if (known.size() > 1) return ambiguous(known.size());
  if (known.size() == 1) return found(SameName, known.front());
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
  add(index_.by_name(name));
  if (!found.empty()) return found;
  add(index_.by_alias(name));
  for (const std::string_view alias : aliases) add(index_.by_name(normalize_firm_name(alias).full));
  return found;
}

std::uint32_t FirmRegistry::add(std::string_view name, std::string_view code,
                                const Provenance& from) {
  const std::uint32_t firm = builder_.add(EntityKind::Firm, name, from).local;
  FirmName normal = normalize_firm_name(name);
  index_.add_name(normal.full, firm);
  if (!normal.form.empty()) index_.add_core(normal.core, firm);
  firms_.push_back({.name = std::move(normal.full), .origin = from});
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
  index_.add_alias(normalize_firm_name(name).full, firm);
}

const EntityIndex::Ids& FirmRegistry::called(std::string_view words) const {
  return index_.resolve(normalize_credit_code(words), normalize_firm_name(words).full, words);
}

const EntityIndex::Ids& FirmRegistry::similar(std::string_view name) const {
  return index_.by_core(normalize_firm_name(name).core);
}

}  // namespace liantu
