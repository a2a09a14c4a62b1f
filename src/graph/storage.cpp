#include "graph/storage.hpp"

#include <algorithm>

namespace liantu::detail {
namespace {

Rows rows_of_kinds(const Storage& storage, EntityKind first, EntityKind last) noexcept {
  const std::uint32_t begin = storage.first[static_cast<std::size_t>(first)];
  return {begin, storage.first[static_cast<std::size_t>(last) + 1] - begin};
}

}  // namespace

Rows rows_from(const Storage& storage, RelationKind kind) noexcept {
  const RelationEnds ends = relation_ends(kind);
  return rows_of_kinds(storage, ends.from, ends.also_from);
}

Rows rows_to(const Storage& storage, RelationKind kind) noexcept {
  const RelationEnds ends = relation_ends(kind);
  return rows_of_kinds(storage, ends.to, ends.to);
}

std::vector<std::uint32_t> find_part_of_cycle(const Column<std::uint64_t>& out_offsets,
                                              const Column<EntityId>& targets,
                                              std::uint32_t first_segment) {
  if (targets.empty()) return {};
  enum class Mark : std::uint8_t { New, OnPath, Done };
  struct Step {
    std::uint32_t segment;
    std::uint64_t next;
  };
  std::vector<Mark> marks(out_offsets.size() - 1, Mark::New);
  // A chain of parents may be as long as the taxonomy, so the walk keeps its own stack.
  std::vector<Step> path;
  for (std::uint32_t start = 0; start < marks.size(); ++start) {
    if (marks[start] != Mark::New) continue;
    marks[start] = Mark::OnPath;
    path.push_back({start, out_offsets[start]});
    while (!path.empty()) {
      Step& step = path.back();
      if (step.next == out_offsets[step.segment + 1]) {
        marks[step.segment] = Mark::Done;
        path.pop_back();
        continue;
      }
      const std::uint32_t parent = raw(targets[step.next++]) - first_segment;
      if (marks[parent] == Mark::New) {
        marks[parent] = Mark::OnPath;
        path.push_back({parent, out_offsets[parent]});
      } else if (marks[parent] == Mark::OnPath) {
        std::vector<std::uint32_t> cycle;
        const auto on = std::find_if(path.begin(), path.end(),
                                     [&](const Step& s) { return s.segment == parent; });
        std::for_each(on, path.end(), [&](const Step& s) { cycle.push_back(s.segment); });
        return cycle;
      }
    }
  }
  return {};
}

const std::vector<Conflict>& Storage::unpacked_conflicts() const {
  std::call_once(unpacked_, [&] {
    unpacked_conflicts_.reserve(conflicts.size());
    for (const PackedConflict& c : conflicts) {
      unpacked_conflicts_.push_back({static_cast<RelationKind>(c.relation), EdgeId{c.edge},
                                     static_cast<EdgeNumber>(c.number), c.value,
                                     unpack(c.provenance)});
    }
  });
  return unpacked_conflicts_;
}

std::vector<Source> write_out(const Column<PackedSource>& sources, const StringPool& strings) {
  std::vector<Source> texts;
  texts.reserve(sources.size());
  for (const PackedSource& source : sources) {
    texts.push_back({std::string(strings[source.file]), std::string(strings[source.sheet]),
                     std::string(strings[source.citation])});
  }
  return texts;
}

}  // namespace liantu::detail
