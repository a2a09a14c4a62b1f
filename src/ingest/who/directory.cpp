#include "ingest/who/directory.hpp"

#include <string>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "base/text/excerpt.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/base/values/credit_code.hpp"
#include "liantu/ingest/cells/fields.hpp"

namespace liantu {
namespace {

// What is wrong with words that nobody goes by, and what to do.
std::pair<Text, Text> not_known(EntityKind kind) {
  const Text what = meaning_text(kind);
  const Text remedy = {fmt::format("add it to the table of {}s or mend the name", what.en),
                       fmt::format("请补入{}表或更正名称", what.zh)};
  if (kind == EntityKind::Firm) {
    return {{"no firm has this name, code or id", "没有此名称、代码或编号的企业"}, remedy};
  }
  return {{fmt::format("no {} has this name", what.en), fmt::format("没有此名称的{}", what.zh)},
          remedy};
}

// … that several go by.
std::pair<Text, Text> several(std::size_t count) {
  return {{fmt::format("{} entities go by this name", count),
           fmt::format("有 {} 个对象使用此名称", count)},
          {"write the credit code or the id instead of the name", "请改填信用代码或编号"}};
}

std::string fault_word(EntityKind likely, std::size_t found) {
  return found == 0 ? fmt::format("unknown-{}", entity_word(likely)) : "ambiguous";
}

}  // namespace

const EntityIndex::Ids& Directory::called(EntityKind kind, std::string_view words) const {
  if (kind == EntityKind::Firm) return firms_.called(words);
  if (kind == EntityKind::Segment) return segments_.called(words);
  return others_[static_cast<std::size_t>(kind)].resolve({}, normalize_width(words), words);
}

NamedEntities Directory::called(std::span<const EntityKind> kinds, std::string_view words) const {
  NamedEntities found;
  for (const EntityKind kind : kinds) {
    const EntityIndex::Ids& ids = called(kind, words);
    if (found.count == 0 && !ids.empty()) found.first = EntityRef(kind, ids.front());
    found.count += ids.size();
  }
  return found;
}

std::optional<EntityRef> Directory::only(const NamedEntities& found, SheetReader& reader,
                                         std::size_t field, EntityKind likely) {
  if (found.count == 1) return found.first;
  auto [what, remedy] = found.count == 0 ? not_known(likely) : several(found.count);
  if (found.count == 0 && likely == EntityKind::Firm) {
    const Cell cell{reader.words(field), reader.place(field), std::string(reader.heading(field))};
    if (const auto firm = like(cell, remedy)) return firm;
  }
  reader.report(Severity::Error, fault_word(likely, found.count), field, std::move(what),
                std::move(remedy));
  return std::nullopt;
}

// The firm that a name surely means; else whom it may mean is asked, and `remedy` says so.
std::optional<EntityRef> Directory::like(const Cell& cell, Text& remedy) {
  const std::string_view words = cell.words;
  auto known = meant_.find(words);
  if (known == meant_.end()) known = meant_.emplace(std::string(words), firms_.meant(words)).first;
  const MeantFirms& meant = known->second;
  if (meant.verdict == NameVerdict::Nobody) return std::nullopt;
  const auto [first, score] = meant.firms.front();
  const Text where = sources_.stands(firms_.origin(first));
  const std::string name = excerpt(firms_.name(first));
  if (meant.verdict == NameVerdict::Link) {
    ++linked_[std::string(words)];
    problems_.push_back(
        {Severity::Note,
         cell.place,
         "linked-name",
         cell.heading,
         excerpt(words),
         {fmt::format("taken for {} of {}, likeness {:.2f}", name, where.en, score),
          fmt::format("按 {} 的 {} 处理，相似度 {:.2f}", where.zh, name, score)},
         {"nothing to do if it is that firm; write the full name or the code if it is not",
          "如确为该企业无需处理；如不是，请写全称或信用代码"}});
    return FirmId{first};
  }
  for (const auto& [firm, likeness] : meant.firms) {
    firms_.questions().ask(words, cell.place, firm, firms_.name(firm), likeness);
  }
  remedy.en +=
      fmt::format("; do you mean {} in {}? `build --confirm FILE` asks it", name, where.en);
  remedy.zh += fmt::format("；是否指 {} 的 {}？可用 build --confirm 文件 逐条确认", where.zh, name);
  return std::nullopt;
}

std::optional<std::uint32_t> Directory::firm(const Mention& mention) {
  const EntityIndex::Ids& found = firms_.called(mention.words);
  if (found.size() == 1) return found.front();
  if (read_firm_code(normalize_credit_code(mention.words)).kind == FirmCodeKind::IdentityNumber) {
    problems_.push_back({Severity::Warning,
                         mention.place,
                         "identity-number",
                         mention.heading,
                         {},
                         {"this is a person's identity number; it names no firm here",
                          "这是个人身份证号码，不能用来指称企业"},
                         {"write the name or the credit code", "请填写名称或统一社会信用代码"}});
    return std::nullopt;
  }
  auto [what, remedy] = found.empty() ? not_known(EntityKind::Firm) : several(found.size());
  if (found.empty()) {
    const Cell cell{mention.words, mention.place, mention.heading};
    if (const auto firm = like(cell, remedy)) return firm->local;
  }
  problems_.push_back({Severity::Warning, mention.place, fault_word(EntityKind::Firm, found.size()),
                       mention.heading, excerpt(mention.words), std::move(what),
                       std::move(remedy)});
  return std::nullopt;
}

std::optional<std::uint32_t> Directory::segment(const Mention& mention) {
  const EntityIndex::Ids& found = segments_.called(mention.words);
  if (found.size() == 1) return found.front();
  if (found.empty() && makes_segments()) return segments_.add(mention.words, mention.from);
  Problem problem{.severity = Severity::Warning,
                  .place = mention.place,
                  .kind = fault_word(EntityKind::Segment, found.size()),
                  .field = mention.heading,
                  .value = mention.words};
  std::tie(problem.what, problem.remedy) =
      found.empty() ? not_known(EntityKind::Segment) : several(found.size());
  problems_.push_back(std::move(problem));
  return std::nullopt;
}

}  // namespace liantu
