#include "ingest/who/directory.hpp"

#include <string>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "liantu/base/utf8.hpp"
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

std::vector<Node> Directory::called(std::span<const EntityKind> kinds,
                                    std::string_view words) const {
  std::vector<Node> found;
  for (const EntityKind kind : kinds) {
    for (const std::uint32_t id : called(kind, words)) found.emplace_back(kind, id);
  }
  return found;
}

std::optional<Node> Directory::only(const std::vector<Node>& found, SheetReader& reader,
                                    std::size_t field, EntityKind likely) const {
  if (found.size() == 1) return found.front();
  auto [what, remedy] = found.empty() ? not_known(likely) : several(found.size());
  if (found.empty() && likely == EntityKind::Firm) {
    if (const auto& similar = firms_.similar(reader.words(field)); !similar.empty()) {
      const Text where = sources_.stands(firms_.origin(similar.front()));
      remedy.en += fmt::format("; do you mean the firm in {}?", where.en);
      remedy.zh += fmt::format("；是否指 {} 的企业？", where.zh);
    }
  }
  reader.report(Severity::Error, fault_word(likely, found.size()), field, std::move(what),
                std::move(remedy));
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
