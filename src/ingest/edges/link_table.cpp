#include "liantu/ingest/edges/link_table.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string_view>

#include <fmt/format.h>

#include "base/core/hash_map.hpp"
#include "base/core/string_map.hpp"
#include "base/files/mapped_file.hpp"
#include "base/text/excerpt.hpp"
#include "liantu/base/files/output_mark.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/path_text.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/base/values/date.hpp"
#include "liantu/graph/builder.hpp"
#include "liantu/graph/kind_text.hpp"
#include "liantu/ingest/cells/fields.hpp"
#include "liantu/ingest/edges/edge_list.hpp"
#include "liantu/tables/read_table.hpp"
#include "tables/cells/cell_words.hpp"

namespace liantu {
namespace {

constexpr std::size_t kNamed = 100;  // problems of a kind that are listed one by one

constexpr std::string_view kFrom[] = {"from", "source", "src", "seller", "investor_name"};
constexpr std::string_view kTo[] = {"to",      "target",       "dst",        "buyer",
                                    "company", "company_name", "被投资企业", "被投企业"};
constexpr std::string_view kDate[] = {"date", "day", "日期", "时间", "since"};

enum class Role : std::uint8_t { From, To, Date };

bool plays(Role role, std::string_view heading) {
  const std::span<const std::string_view> own = role == Role::From ? std::span(kFrom)
                                                : role == Role::To
                                                    ? std::span<const std::string_view>(kTo)
                                                    : std::span<const std::string_view>(kDate);
  if (std::ranges::find(own, read_heading(heading).name) != own.end()) return true;
  const std::string_view key = role == Role::From ? "from" : role == Role::To ? "to" : "since";
  return std::ranges::any_of(kRelationKinds, [&](RelationKind kind) {
    if (!relation_allows(kind, EntityKind::Firm, EntityKind::Firm)) return false;
    const Field* field = find_field(kind, heading);
    return field != nullptr && field->key == key;
  });
}

struct Columns {
  std::size_t from = 0;
  std::size_t to = 0;
  std::optional<std::size_t> date;
};

std::optional<std::size_t> find_column(const Table& table, Role role, const std::string& given) {
  if (!given.empty()) {
    if (const auto column = table.column(given)) return column;
    throw Error(
        ErrorCode::InvalidData,
        {fmt::format("{}: there is no column \"{}\"; the headings are {}",
                     table.header().to_string(), excerpt(given), excerpts(table.columns(), ", ")),
         fmt::format("{}：没有“{}”列；现有列名：{}", table.header().to_string(), excerpt(given),
                     excerpts(table.columns(), "、"))});
  }
  for (std::size_t i = 0; i < table.columns().size(); ++i) {
    if (plays(role, table.columns()[i])) return i;
  }
  return std::nullopt;
}

std::optional<Columns> find_columns(const Table& table, const LinkColumns& given) {
  const auto from = find_column(table, Role::From, given.from);
  const auto to = find_column(table, Role::To, given.to);
  const auto date = find_column(table, Role::Date, given.date);
  if (!from || !to || from == to) return std::nullopt;
  return Columns{*from, *to, date};
}

// Whether a file may be a table with headings: its first line holds a letter and is no comment.
// A list of millions of numbers is not read as a table first.
bool may_have_headings(const std::filesystem::path& path, std::string_view text) {
  if (!is_table(path)) return false;
  const std::string_view line = trim(text.substr(0, text.find('\n')));
  if (line.starts_with('#') || line.starts_with('%')) return false;
  return std::ranges::any_of(line, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (static_cast<unsigned char>(c) & 0x80) != 0;
  });
}

constexpr std::size_t kHeadingBytes = 4096;

/// Collects links of one or two files.
class LinkCollector {
 public:
  explicit LinkCollector(const LinkTableOptions& options) : options_(options) {
    if (!relation_allows(options.relation, EntityKind::Firm, EntityKind::Firm)) {
      const std::string_view word = relation_word(options.relation);
      const Text known = relations_between(EntityKind::Firm, EntityKind::Firm);
      throw Error(ErrorCode::InvalidArgument,
                  {fmt::format("links of a list join firms with firms, which {} does not; take {}",
                               word, known.en),
                   fmt::format("链接表连接企业与企业，{} 不是这种关系；请用 {}", word, known.zh)});
    }
  }

  void read(const std::filesystem::path& path) {
    ++file_;
    links_of_file_ = 0;
    loops_ = 0;
    // Read once, whichever way it is understood: a pipe has no second reading.
    const FileBytes content = map_file(path, options_.stop);
    if (!may_have_headings(path, content.bytes.substr(0, kHeadingBytes)) ||
        !read_rows(path, content.bytes)) {
      read_edges(path, content.bytes);
    }
    if (loops_ > 0) note_loops(path_text(path.filename()));
    if (links_of_file_ > 0) return;
    const std::string name = path_text(path.filename());
    const std::string first =
        problems_.empty() ? std::string() : "\n  " + problems_.front().to_string(Language::En);
    const std::string first_zh =
        problems_.empty() ? std::string() : "\n  " + problems_.front().to_string(Language::Zh);
    throw Error(ErrorCode::InvalidData,
                {fmt::format("{}: there is no link in it that can be used; write two ends a row{}",
                             name, first),
                 fmt::format("{}：文件中没有可用的链接；请每行写两个端点{}", name, first_zh)});
  }

  LinkTable finish() {
    GraphBuilder builder;
    for (const std::string& name : names_) builder.add(EntityKind::Firm, name);
    std::vector<SourceId> sources;
    for (const auto& [file, digest] : digests_)
      sources.push_back(builder.add_source({file, {}, {}}));
    for (const Link& link : links_) {
      Provenance provenance;
      provenance.since = link.since;
      provenance.source = sources[link.file - 1];
      provenance.row = link.row;
      builder.relate(options_.relation, FirmId{link.from}, FirmId{link.to}, {}, provenance);
      if (options_.undirected) {
        builder.relate(options_.relation, FirmId{link.to}, FirmId{link.from}, {}, provenance);
      }
    }
    LinkTable table;
    table.graph = builder.build();
    for (const auto& [kind, count] : counts_) {
      if (count > kNamed) note_more(kind, count - kNamed);
    }
    table.problems = std::move(problems_);
    table.digests = std::move(digests_);
    table.rows = rows_;
    return table;
  }

  /// Looks at the links of the second file. Call it before finish().
  void tell_unknown(LinkSplit& split) {
    std::vector<bool> known(names_.size(), false);
    for (const Link& link : links_) {
      if (link.file == 1) known[link.from] = known[link.to] = true;
    }
    for (const Link& link : links_) {
      if (link.file == 1) continue;
      const int ends = (known[link.from] ? 1 : 0) + (known[link.to] ? 1 : 0);
      if (ends == 1) ++split.half_known;
      if (ends > 0) continue;
      ++split.unknown;
      Problem problem;
      problem.severity = Severity::Note;
      problem.place = link.place;
      problem.kind = "unknown-ends";
      problem.value = names_[link.from];
      problem.what = {fmt::format("neither \"{}\" nor \"{}\" occurs in the links to learn from",
                                  excerpt(names_[link.from]), excerpt(names_[link.to])),
                      fmt::format("“{}”和“{}”都不在训练链接中", excerpt(names_[link.from]),
                                  excerpt(names_[link.to]))};
      problem.remedy = {"write both names as they stand there, or take the pair out",
                        "请按训练文件中的写法填写名称，或删去该行"};
      add(std::move(problem));
    }
    split.known = known_links_;
  }

  /// Ends of the links that only the second file has.
  [[nodiscard]] std::vector<std::pair<std::uint32_t, std::uint32_t>> tested() const {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> result;
    for (const Link& link : links_) {
      if (link.file == 1) continue;
      result.emplace_back(link.from, link.to);
      if (options_.undirected) result.emplace_back(link.to, link.from);
    }
    return result;
  }

 private:
  struct Link {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    Date since;
    std::uint32_t file = 0;
    std::uint32_t row = 0;
    InputPlace place;
  };

  // False when the file has no headings that say what its columns are.
  bool read_rows(const std::filesystem::path& path, std::string_view bytes) {
    TableOptions how;
    how.limits = options_.limits;
    how.stop = options_.stop;
    how.progress = options_.progress;
    const Table table = parse_table(table_bytes(path, {}, std::string(bytes), how), how);
    refuse_output(table.file(), is_output(table));
    const auto columns = find_columns(table, options_.columns);
    if (!columns) return false;
    digests_.emplace_back(table.file(), table.digest());
    for (const Problem& problem : table.problems()) add(problem);
    for (std::size_t row = 0; row < table.size(); ++row) {
      ++rows_;
      const std::string_view from = cell_words(table.cell(row, columns->from).text);
      const std::string_view to = cell_words(table.cell(row, columns->to).text);
      if (from.empty() || to.empty()) {
        const std::size_t column = from.empty() ? columns->from : columns->to;
        Problem problem;
        problem.place = table.place(row, column);
        problem.kind = "no-edge";
        problem.field = table.columns()[column];
        problem.what = {"the name is missing", "缺少名称"};
        problem.remedy = {"write a name, or take the row out", "请填写名称，或删去该行"};
        add(std::move(problem));
        continue;
      }
      Date since;
      if (columns->date) {
        const std::string_view text = cell_words(table.cell(row, *columns->date).text);
        const auto date = text.empty() ? std::optional(Date{}) : parse_date(text);
        if (!date) {
          Problem problem;
          problem.place = table.place(row, *columns->date);
          problem.kind = "date";
          problem.field = table.columns()[*columns->date];
          problem.value = text;
          problem.what = {fmt::format("\"{}\" is not a date", excerpt(text)),
                          fmt::format("“{}”不是日期", excerpt(text))};
          problem.remedy = {"write such as 2011-05-17, 2011-05 or 2011",
                            "请写成 2011-05-17、2011-05 或 2011"};
          add(std::move(problem));
          continue;
        }
        since = *date;
      }
      link(from, to, since, table.row_number(row), table.place(row, columns->from));
    }
    return true;
  }

  void read_edges(const std::filesystem::path& path, std::string_view bytes) {
    if (!options_.columns.from.empty()) {
      throw Error(ErrorCode::InvalidData,
                  {fmt::format("{}: a plain list of edges has no headings, so that columns cannot "
                               "be named; save it as CSV with a line of headings",
                               path_text(path.filename())),
                   fmt::format("{}：纯边表没有列名，无法指定列；请另存为带表头的 CSV",
                               path_text(path.filename()))});
    }
    EdgeListOptions how;
    how.stop = options_.stop;
    how.progress = options_.progress;
    IngestResult read = parse_edge_list(bytes, path_text(path.filename()), how);
    digests_.insert(digests_.end(), read.digests.begin(), read.digests.end());
    for (Problem& problem : read.problems) add(std::move(problem));
    for (const TableSummary& summary : read.tables) rows_ += summary.rows;
    const EnterpriseGraph& graph = read.graph;
    const Relation relation = graph.relation(RelationKind::Supplies);
    for (std::uint32_t i = 0; i < graph.size(); ++i) id(graph.name(EntityId{i}));
    for (std::uint32_t i = 0; i < graph.size(); ++i) {
      for (const EntityId to : relation.targets(EntityId{i})) {
        InputPlace place;
        place.file = path_text(path.filename());
        link(graph.name(EntityId{i}), graph.name(to), {}, 0, std::move(place));
      }
    }
  }

  std::uint32_t id(std::string_view name) {
    const auto found = ids_.find(name);
    if (found != ids_.end()) return found->second;
    const auto fresh = static_cast<std::uint32_t>(names_.size());
    names_.emplace_back(name);
    ids_.emplace(names_.back(), fresh);
    return fresh;
  }

  void link(std::string_view from_name, std::string_view to_name, Date since, std::uint32_t row,
            InputPlace place) {
    if (from_name == to_name) {
      ++loops_;
      return;
    }
    ++links_of_file_;
    // Two steps: the ids are in the order of mention.
    std::uint32_t from = id(from_name);
    std::uint32_t to = id(to_name);
    if (options_.undirected && to < from) std::swap(from, to);
    const std::uint64_t key = std::uint64_t{from} << 32 | to;
    const auto [entry, fresh] = links_by_ends_.try_emplace(key, links_.size());
    if (fresh) {
      links_.push_back({from, to, since, file_, row, std::move(place)});
      return;
    }
    Link& before = links_[entry->second];
    if (file_ == 2 && before.file == 1) {
      ++known_links_;
    } else if (since.known() && (!before.since.known() || since < before.since)) {
      before.since = since;
    }
  }

  void add(Problem problem) {
    if (++counts_[problem.kind] > kNamed) return;
    problems_.push_back(std::move(problem));
  }

  void note_more(const std::string& kind, std::size_t more) {
    Problem problem;
    problem.severity = Severity::Note;
    problem.kind = kind;
    problem.place.file = digests_.back().first;
    problem.what = {fmt::format("{} more rows have the same problem ({})", more, kind),
                    fmt::format("另有 {} 行有同样的问题（{}）", more, kind)};
    problem.remedy = {"mend those that are listed first", "请先修正已列出的行"};
    problems_.push_back(std::move(problem));
  }

  void note_loops(const std::string& file) {
    Problem problem;
    problem.severity = Severity::Note;
    problem.place.file = file;
    problem.kind = "self";
    problem.what = {fmt::format("{} links from a firm to itself are left out", loops_),
                    fmt::format("有 {} 条链接两端相同，未采用", loops_)};
    problem.remedy = {"nothing to do", "无需处理"};
    problems_.push_back(std::move(problem));
  }

  const LinkTableOptions& options_;
  std::vector<std::string> names_;
  StringMap<std::uint32_t> ids_;
  std::vector<Link> links_;
  HashMap<std::uint64_t, std::size_t> links_by_ends_;
  std::vector<Problem> problems_;
  std::map<std::string, std::size_t> counts_;  // of problems, by kind
  std::vector<std::pair<std::string, std::string>> digests_;
  std::uint32_t file_ = 0;
  std::size_t rows_ = 0;
  std::size_t links_of_file_ = 0;
  std::size_t known_links_ = 0;
  std::size_t loops_ = 0;
};

}  // namespace

LinkTable read_links(const std::filesystem::path& path, const LinkTableOptions& options) {
  LinkCollector collector(options);
  collector.read(path);
  return collector.finish();
}

LinkSplit read_link_split(const std::filesystem::path& train, const std::filesystem::path& test,
                          const LinkTableOptions& options) {
  LinkCollector collector(options);
  collector.read(train);
  collector.read(test);
  LinkSplit split;
  collector.tell_unknown(split);
  const auto tested = collector.tested();
  split.table = collector.finish();
  if (tested.empty()) {
    throw Error(
        ErrorCode::InvalidData,
        {fmt::format("{}: every link in it stands in {} too, so that nothing is hidden; "
                     "test on links that are not among those to learn from",
                     path_text(test.filename()), path_text(train.filename())),
         fmt::format("{}：其中的链接都已在 {} 中，没有可测试的链接；请用不在训练文件中的链接",
                     path_text(test.filename()), path_text(train.filename()))});
  }
  const EnterpriseGraph& graph = split.table.graph;
  const Relation relation = graph.relation(options.relation);
  for (const auto& [from, to] : tested) {
    const EntityId source = graph.entity(FirmId{from});
    const auto targets = relation.targets(source);
    const auto at = std::lower_bound(targets.begin(), targets.end(), graph.entity(FirmId{to}));
    split.hidden.push_back(EdgeId{relation.out_edges(source).first +
                                  static_cast<std::uint64_t>(at - targets.begin())});
  }
  std::sort(split.hidden.begin(), split.hidden.end());
  return split;
}

}  // namespace liantu
