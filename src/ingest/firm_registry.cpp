#include "ingest/firm_registry.hpp"

#include <algorithm>

#include "liantu/base/credit_code.hpp"
#include "liantu/base/firm_name.hpp"

namespace liantu {

void FirmRegistry::learn_code(std::string_view name, std::string_view code) {
  std::vector<std::string>& codes = codes_of_name_[normalize_firm_name(name).full];
  if (std::ranges::find(codes, code) == codes.end()) codes.emplace_back(code);
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
  if (code.empty()) {
    if (const auto codes = codes_of_name_.find(normal.full); codes != codes_of_name_.end()) {
      if (codes->second.size() > 1) return ambiguous(codes->second.size());
      identity.code = codes->second.front();
    }
  }
  if (const auto& same = index_.by_code(identity.code); !same.empty()) {
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
      if (!code.empty() && !other.empty() && other != code) continue;
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
  if (code.empty() || !firms_[firm].code.empty()) return;
  firms_[firm].code = code;
  index_.add_code(code, firm);
  builder_.set(FirmId{firm}, EntityText::Code, code);
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
