#include "graph/verify.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <functional>
#include <random>
#include <tuple>

#include <fmt/format.h>

#include "base/run/parallel.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/utf8.hpp"

namespace liantu::detail {
namespace {

class Verifier {
 public:
  Verifier(const Storage& storage, const std::string& file) : storage_(storage), file_(file) {
    std::random_device random;
    for (std::uint64_t& key : keys_) key = (std::uint64_t{random()} << 32 | random()) | 1;
  }

  void run() const {
    check_strings();
    check_sources();
    for (std::size_t k = 0; k < kEntityKinds.size(); ++k) check_entities(k);
    for (const RelationKind kind : kRelationKinds) check_relation(kind);
    check_part_of();
    check_covers();
    check_conflicts();
  }

 private:
  [[noreturn]] void reject_element(const std::string& section, std::uint64_t element,
                                   std::string_view en, std::string_view zh) const {
    reject_section(file_, section, fmt::format("element {} {}", element, en),
                   fmt::format("第 {} 个元素{}", element, zh));
  }

  /// Whether `good(begin, end)` says so of every part of 0 … size, asked on all threads.
  template <typename Good>
  static bool holds_for_parts(std::uint64_t size, const Good& good) {
    constexpr std::uint64_t kPart = std::uint64_t{1} << 16;
    return parallel_reduce(
        size, kPart, true,
        [&](std::uint64_t begin, std::uint64_t end, bool so_far) {
          return so_far && good(begin, end);
        },
        std::logical_and<>());
  }

  /// Rejects the first element that `good(element, index)` refuses. Parts are judged without a
  /// branch, so that the compiler can use wide instructions.
  template <typename T, typename Good>
  void check_all(const std::string& section, const Column<T>& column, const Good& good,
                 std::string_view en, std::string_view zh) const {
    const bool all = holds_for_parts(column.size(), [&](std::uint64_t begin, std::uint64_t end) {
      unsigned sound = 1;
      for (std::uint64_t i = begin; i < end; ++i) sound &= good(column[i], i) ? 1U : 0U;
      return sound != 0;
    });
    for (std::uint64_t i = 0; !all && i < column.size(); ++i) {
      if (!good(column[i], i)) reject_element(section, i, en, zh);
    }
  }

  void check_strings() const {
    const Column<std::uint64_t>& offsets = storage_.strings.offsets;
    const std::string_view bytes(storage_.strings.bytes.data(), storage_.strings.bytes.size());
    const std::string section = "strings.offsets";
    if (offsets.size() - 1 > 0xFFFF'FFFF) {
      reject_section(file_, section, "there are too many strings", "文字条数过多");
    }
    check_all(
        section, offsets,
        [&](std::uint64_t offset, std::uint64_t i) {
          return i < 2 ? offset == 0 : offset > offsets[i - 1] && offset <= bytes.size();
        },
        "does not ascend from 0", "没有从 0 起递增");
    if (offsets.back() != bytes.size()) {
      reject_element(section, offsets.size() - 1, "is not the end of the strings",
                     "与文字总长度不符");
    }
    // Parts are cut in front of characters; a byte that continues none makes the part before it
    // longer.
    const auto boundary = [&](std::uint64_t at) {
      while (at < bytes.size() && (static_cast<unsigned char>(bytes[at]) & 0xC0) == 0x80) ++at;
      return at;
    };
    const bool valid_text =
        holds_for_parts(bytes.size(), [&](std::uint64_t begin, std::uint64_t end) {
          begin = begin == 0 ? 0 : boundary(begin);
          end = boundary(end);
          return begin >= end || !find_invalid_utf8(bytes.substr(begin, end - begin));
        });
    if (const auto place = valid_text ? std::nullopt : find_invalid_utf8(bytes)) {
      reject_section(file_, "strings.bytes", fmt::format("byte {} is not valid UTF-8", *place),
                     fmt::format("第 {} 个字节不是合法的 UTF-8", *place));
    }
    // In valid UTF-8 every string is valid when none starts inside a character.
    check_all(
        section, offsets,
        [&](std::uint64_t offset, std::uint64_t) {
          return offset == bytes.size() ||
                 (static_cast<unsigned char>(bytes[offset]) & 0xC0) != 0x80;
        },
        "points into a character", "指向字符中间");
  }

  [[nodiscard]] bool is_string(std::uint32_t id) const {
    return id < storage_.strings.offsets.size() - 1;
  }

  void check_sources() const {
    const std::string section = "sources";
    if (storage_.source_texts.size() > kMaxSources) {
      reject_section(file_, section, "there are too many sources", "来源过多");
    }
    check_all(
        section, storage_.source_texts,
        [&](const PackedSource& source, std::uint64_t i) {
          if (i == 0) return source.file == 0 && source.sheet == 0 && source.citation == 0;
          return is_string(source.file) && is_string(source.sheet) && is_string(source.citation);
        },
        "names a text that does not exist", "引用了不存在的文字");
  }

  void check_string_column(const std::string& section, const Column<std::uint32_t>& column) const {
    check_all(
        section, column, [&](std::uint32_t id, std::uint64_t) { return is_string(id); },
        "names a text that does not exist", "引用了不存在的文字");
  }
  void check_basis_column(const std::string& section, const Column<std::uint8_t>& column) const {
    check_all(
        section, column, [](std::uint8_t basis, std::uint64_t) { return basis <= 3; },
        "is not a basis", "不是依据类型");
  }
  void check_provenance_column(const std::string& section,
                               const Column<PackedProvenance>& column) const {
    check_all(
        section, column,
        [&](const PackedProvenance& p, std::uint64_t) {
          return valid(p, storage_.source_texts.size());
        },
        "is not provenance", "不是合法的来源信息");
  }

  void check_entities(std::size_t k) const {
    const EntityStorage& entities = storage_.entities[k];
    const std::string_view word = entity_word(kEntityKinds[k]);
    check_all(
        fmt::format("{}.name", word), entities.names,
        [&](std::uint32_t id, std::uint64_t) { return id != 0 && is_string(id); },
        "names a text that does not exist", "引用了不存在的文字");
    check_provenance_column(fmt::format("{}.provenance", word), entities.provenance);
    check_all(
        fmt::format("{}.region", word), entities.region,
        [](std::uint32_t code, std::uint64_t) { return code <= kMaxRegion; },
        "has more than six digits", "超过六位");
    check_basis_column(fmt::format("{}.region.basis", word), entities.region_basis);
    check_all(
        fmt::format("{}.founded", word), entities.founded,
        [](std::uint32_t bits, std::uint64_t) {
          return bits <= kDateMask && valid_date(unpack_date(bits));
        },
        "is not a date", "不是日期");
    check_all(
        fmt::format("{}.anchor", word), entities.anchor,
        [](std::uint8_t anchor, std::uint64_t) { return anchor <= 1; }, "is neither 0 nor 1",
        "既不是 0 也不是 1");
    for (std::size_t t = 0; t < kEntityTextCount; ++t) {
      check_string_column(fmt::format("{}.text.{}", word, kTextSections[t]), entities.texts[t]);
    }
    for (std::size_t n = 0; n < kEntityNumberCount; ++n) {
      check_all(
          fmt::format("{}.number.{}", word, kNumberSections[n]), entities.numbers[n],
          [](double value, std::uint64_t) { return std::isnan(value) || valid_number(value); },
          "is negative or not finite", "为负数或不是有限的数");
      check_basis_column(fmt::format("{}.basis.{}", word, kNumberSections[n]),
                         entities.number_basis[n]);
      check_all(
          fmt::format("{}.year.{}", word, kNumberSections[n]), entities.number_years[n],
          [](std::uint16_t year, std::uint64_t) { return year <= kLastYear; }, "is not a year",
          "不是年份");
    }
  }

  void check_offsets(const std::string& section, const Column<std::uint64_t>& offsets,
                     std::uint64_t end) const {
    if (offsets.empty()) return;
    check_all(
        section, offsets,
        [&](std::uint64_t offset, std::uint64_t i) {
          return i == 0 ? offset == 0 : offset >= offsets[i - 1] && offset <= end;
        },
        "does not ascend from 0", "没有从 0 起递增");
    if (offsets.back() != end) {
      reject_element(section, offsets.size() - 1, "is not the number of elements",
                     "与元素个数不符");
    }
  }

  void check_relation(RelationKind kind) const {
    const RelationStorage& relation = storage_.relations[static_cast<std::size_t>(kind)];
    if (relation.targets.empty()) return;
    const std::string_view word = relation_word(kind);
    check_offsets(fmt::format("{}.out.offsets", word), relation.out_offsets,
                  relation.targets.size());
    check_offsets(fmt::format("{}.in.offsets", word), relation.in_offsets, relation.targets.size());
    check_provenance_column(fmt::format("{}.provenance", word), relation.provenance);
    check_all(
        fmt::format("{}.segment", word), relation.segment,
        [&](std::uint32_t segment, std::uint64_t) {
          return segment == kNoSegment || segment < storage_.size(EntityKind::Segment);
        },
        "names a segment that does not exist", "引用了不存在的环节");
    check_string_column(fmt::format("{}.detail", word), relation.detail);
    for (std::size_t n = 0; n < kEdgeNumberCount; ++n) {
      check_all(
          fmt::format("{}.number.{}", word, kEdgeNumberSections[n]), relation.numbers[n],
          [&](double value, std::uint64_t) {
            return std::isnan(value) || valid_number(static_cast<EdgeNumber>(n), value);
          },
          "is out of range", "超出范围");
    }
    check_in_edges(kind, relation, check_out_edges(kind, relation));
  }

  /// Returns the sum of the fingerprints of all out-edges.
  [[nodiscard]] std::uint64_t check_out_edges(RelationKind kind,
                                              const RelationStorage& relation) const {
    const RelationEnds ends = relation_ends(kind);
    const std::uint32_t first_to = storage_.first[static_cast<std::size_t>(ends.to)];
    const std::uint32_t count_to = storage_.size(ends.to);
    const bool may_be_loop = may_join_itself(kind);
    const auto follows = [&](std::uint64_t e) {
      const auto rest = [&](std::uint64_t edge) {
        return std::tuple(value_or(relation.segment, edge, kNoSegment),
                          year_of(value_or(relation.provenance, edge, kUnsaidProvenance)));
      };
      const std::uint32_t before = raw(relation.targets[e - 1]);
      const std::uint32_t to = raw(relation.targets[e]);
      return before < to || (before == to && rest(e - 1) < rest(e));
    };
    const auto sound = [&](std::uint64_t row, std::uint64_t& sum) {
      const std::uint64_t begin = relation.out_offsets[row];
      const std::uint64_t end = relation.out_offsets[row + 1];
      if (begin == end) return true;
      const std::uint32_t from = relation.first_from + static_cast<std::uint32_t>(row);
      unsigned good = is_of(from, ends.from) || is_of(from, ends.also_from) ? 1U : 0U;
      std::uint32_t before = 0;
      for (std::uint64_t e = begin; e < end; ++e) {
        const std::uint32_t to = raw(relation.targets[e]);
        // A target before the first row wraps around to a number beyond the last one.
        good &= to - first_to < count_to ? 1U : 0U;
        good &= to != from || may_be_loop ? 1U : 0U;
        if (to <= before && e != begin) good &= follows(e) ? 1U : 0U;
        before = to;
        sum += fingerprint(from, to, e);
      }
      return good != 0;
    };
    const std::uint64_t rows = relation.out_offsets.size() - 1;
    std::atomic<std::uint64_t> sum_of_all{0};
    const bool all = holds_for_parts(rows, [&](std::uint64_t begin, std::uint64_t end) {
      std::uint64_t sum = 0;
      for (std::uint64_t row = begin; row < end; ++row) {
        if (!sound(row, sum)) return false;
      }
      sum_of_all += sum;
      return true;
    });
    std::uint64_t unused = 0;
    for (std::uint64_t row = 0; !all && row < rows; ++row) {
      if (!sound(row, unused)) reject_row(kind, relation, row, follows);
    }
    return sum_of_all;
  }

  [[nodiscard]] bool is_of(std::uint32_t entity, EntityKind kind) const {
    const auto k = static_cast<std::size_t>(kind);
    return entity >= storage_.first[k] && entity < storage_.first[k + 1];
  }

  /// Names the first element of a row that check_out_edges() refuses.
  template <typename Follows>
  void reject_row(RelationKind kind, const RelationStorage& relation, std::uint64_t row,
                  const Follows& follows) const {
    const std::string section = fmt::format("{}.out.targets", relation_word(kind));
    const RelationEnds ends = relation_ends(kind);
    const std::uint32_t from = relation.first_from + static_cast<std::uint32_t>(row);
    const std::uint64_t begin = relation.out_offsets[row];
    for (std::uint64_t e = begin; e < relation.out_offsets[row + 1]; ++e) {
      const std::uint32_t to = raw(relation.targets[e]);
      if (!(is_of(from, ends.from) || is_of(from, ends.also_from)) || !is_of(to, ends.to)) {
        reject_element(section, e, "joins entities that this relation does not join",
                       "连接了该关系不能连接的实体");
      }
      if (from == to && !may_join_itself(kind)) {
        reject_element(section, e, "joins an entity with itself", "指向了实体自身");
      }
      if (e != begin && !follows(e)) reject_element(section, e, "is out of order", "次序不对");
    }
  }

  /// One relation instance as a number that nobody can choose: the keys are drawn anew each time.
  [[nodiscard]] std::uint64_t fingerprint(std::uint32_t from, std::uint32_t to,
                                          std::uint64_t edge) const {
    std::uint64_t x = (std::uint64_t{from} << 32 | to) + keys_[0];
    x = (x ^ x >> 32) * keys_[1];
    x ^= edge + keys_[2];
    x = (x ^ x >> 29) * keys_[3];
    return x ^ x >> 32;
  }

  /// The in-edges are the out-edges, each once, when both have the same sum of fingerprints: two
  /// sums that agree by accident are as rare as two checksums, and nothing is read out of order.
  /// @param out_sum  Sum of the fingerprints of the out-edges.
  void check_in_edges(RelationKind kind, const RelationStorage& relation,
                      std::uint64_t out_sum) const {
    std::atomic<std::uint64_t> difference{out_sum};
    const bool ordered = holds_for_parts(
        relation.in_offsets.size() - 1, [&](std::uint64_t begin, std::uint64_t end) {
          std::uint64_t sum = 0;
          unsigned ascends = 1;
          for (std::uint64_t row = begin; row < end; ++row) {
            const std::uint32_t to = relation.first_to + static_cast<std::uint32_t>(row);
            const std::uint64_t first = relation.in_offsets[row];
            for (std::uint64_t i = first; i < relation.in_offsets[row + 1]; ++i) {
              sum += fingerprint(raw(relation.sources[i]), to, relation.in_edges[i]);
              if (i != first) {
                ascends &= relation.in_edges[i - 1] < relation.in_edges[i] ? 1U : 0U;
              }
            }
          }
          difference -= sum;
          return ascends != 0;
        });
    if (ordered && difference == 0) return;
    reject_in_edges(kind, relation);
  }

  /// Names the first element that check_in_edges() refuses.
  [[noreturn]] void reject_in_edges(RelationKind kind, const RelationStorage& relation) const {
    const std::string section = fmt::format("{}.in.edges", relation_word(kind));
    for (std::size_t row = 0; row + 1 < relation.in_offsets.size(); ++row) {
      const std::uint32_t to = relation.first_to + static_cast<std::uint32_t>(row);
      const std::uint64_t begin = relation.in_offsets[row];
      for (std::uint64_t i = begin; i < relation.in_offsets[row + 1]; ++i) {
        const std::uint32_t edge = relation.in_edges[i];
        const std::uint32_t from = raw(relation.sources[i]) - relation.first_from;
        const bool agrees = edge < relation.targets.size() && raw(relation.targets[edge]) == to &&
                            from < relation.out_offsets.size() - 1 &&
                            relation.out_offsets[from] <= edge &&
                            edge < relation.out_offsets[from + 1] &&
                            (i == begin || relation.in_edges[i - 1] < edge);
        if (!agrees) reject_element(section, i, "contradicts the out-edges", "与出边不一致");
      }
    }
    reject_section(file_, section, "contradicts the out-edges", "与出边不一致");
  }

  void check_part_of() const {
    const RelationStorage& relation =
        storage_.relations[static_cast<std::size_t>(RelationKind::PartOf)];
    if (!find_part_of_cycle(relation.out_offsets, relation.targets, relation.first_to).empty()) {
      reject_section(file_, "part_of.out.targets", "the relation has a cycle", "该关系成环");
    }
  }

  void check_covers() const {
    check_offsets("covers.offsets", storage_.covers_offsets, storage_.covers.size());
    for (std::size_t o = 0; o + 1 < storage_.covers_offsets.size(); ++o) {
      const std::uint64_t begin = storage_.covers_offsets[o];
      for (std::uint64_t i = begin; i < storage_.covers_offsets[o + 1]; ++i) {
        const RegionCode region = storage_.covers[i];
        if (!region.known() || region.value() > kMaxRegion ||
            (i != begin && storage_.covers[i - 1] >= region)) {
          reject_element("covers.regions", i, "is not a region or out of order",
                         "不是行政区划代码，或次序不对");
        }
      }
    }
  }

  void check_conflicts() const {
    const auto key = [](const PackedConflict& c) {
      return std::tuple(c.relation, c.edge, source_of(c.provenance), row_of(c.provenance));
    };
    check_all(
        "conflicts", storage_.conflicts,
        [&](const PackedConflict& c, std::uint64_t i) {
          return c.relation < kRelationKinds.size() && c.number < kEdgeNumberCount && c.zero == 0 &&
                 c.edge < storage_.relations[c.relation].targets.size() &&
                 valid_number(static_cast<EdgeNumber>(c.number), c.value) &&
                 valid(c.provenance, storage_.source_texts.size()) &&
                 (i == 0 || key(storage_.conflicts[i - 1]) <= key(c));
        },
        "is not a statement about a relation, or out of order",
        "不是关于某条关系的陈述，或次序不对");
  }

  const Storage& storage_;
  const std::string& file_;
  std::array<std::uint64_t, 4> keys_{};  ///< odd
};

}  // namespace

void reject_section(const std::string& file, const std::string& section, const std::string& en,
                    const std::string& zh) {
  throw Error(
      ErrorCode::InvalidData,
      {fmt::format("{}: section {}: {}; build the graph again from its tables", file, section, en),
       fmt::format("{}：{} 段：{}；请用原始表格重新建图", file, section, zh)});
}

void verify_content(const Storage& storage, const std::string& file) {
  Verifier(storage, file).run();
}

}  // namespace liantu::detail
