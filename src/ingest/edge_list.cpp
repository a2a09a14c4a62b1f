#include "liantu/ingest/edge_list.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/mapped_file.hpp"
#include "graph/builder_access.hpp"
#include "liantu/base/digest.hpp"
#include "liantu/base/error.hpp"
#include "liantu/base/utf8.hpp"
#include "liantu/graph/builder.hpp"
#include "liantu/tables/encoding.hpp"

namespace liantu {
namespace {

constexpr std::uint32_t kMaxNumber = 0xFFFF'FFFE;
constexpr std::size_t kPart = std::size_t{1} << 22;  // bytes that one task reads
constexpr std::size_t kBadLinesNamed = 1000;
constexpr std::size_t kTold = 65536;  // lines or numbers between two words about progress

constexpr std::string_view kHeadings[] = {
    "from", "to",   "source", "target", "supplier", "customer", "u",     "v",
    "src",  "dst",  "head",   "tail",   "seller",   "buyer",    "start", "end",
    "起点", "终点", "供应商", "采购方", "客户",     "供货方",   "买方",  "卖方"};

struct Ends {
  std::string_view from;
  std::string_view to;
};

bool is_comment(std::string_view line) {
  return line.empty() || line.front() == '#' || line.front() == '%';
}

bool is_number(std::string_view word) {
  return !word.empty() && std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

/// Cuts a field in front of a line: up to the separator, quotes taken away.
std::string_view cut_field(std::string_view& line, char separator) {
  line = trim(line);
  std::string_view field;
  if (!line.empty() && line.front() == '"' && line.find('"', 1) != std::string_view::npos) {
    const std::size_t end = line.find('"', 1);
    field = line.substr(1, end - 1);
    line.remove_prefix(end + 1);
    const std::size_t next = line.find(separator);
    line.remove_prefix(next == std::string_view::npos ? line.size() : next + 1);
    return trim(field);
  }
  const std::size_t end = separator == ' ' ? line.find_first_of(" \t") : line.find(separator);
  field = line.substr(0, end);
  line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
  return trim(field);
}

Ends ends_of(std::string_view line, char separator) {
  Ends ends;
  ends.from = cut_field(line, separator);
  ends.to = cut_field(line, separator);
  return ends;
}

/// The next line from `at` on, without its end; `at` moves behind it.
std::string_view next_line(std::string_view text, std::size_t& at) {
  const std::size_t end = std::min(text.find('\n', at), text.size());
  std::string_view line = text.substr(at, end - at);
  at = std::min(end + 1, text.size());
  return trim(line);
}

/// How a file is written, told by its first lines.
struct Shape {
  char separator = ' ';
  std::size_t begin = 0;  ///< of the first edge
  bool numbers = false;
};

Shape shape_of(std::string_view text) {
  Shape shape;
  if (text.starts_with("\xEF\xBB\xBF")) shape.begin = 3;
  bool first = true;
  for (std::size_t at = shape.begin; at < text.size();) {
    const std::size_t begin = at;
    const std::string_view line = next_line(text, at);
    if (is_comment(line)) continue;
    if (first) {
      shape.separator = line.find('\t') != std::string_view::npos  ? '\t'
                        : line.find(',') != std::string_view::npos ? ','
                                                                   : ' ';
    }
    const Ends ends = ends_of(line, shape.separator);
    const bool numbers = is_number(ends.from) && is_number(ends.to);
    if (!first) {
      // Words above numbers are headings; words above words are the first edge.
      if (numbers) shape.begin = begin;
      shape.numbers = numbers;
      return shape;
    }
    first = false;
    const auto heading = [](std::string_view word) {
      std::string lower(word);
      for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
      }
      return std::ranges::find(kHeadings, lower) != std::end(kHeadings);
    };
    shape.begin = begin;
    shape.numbers = numbers;
    if (numbers) return shape;
    if (heading(ends.from) && heading(ends.to)) shape.begin = at;
  }
  return shape;
}

/// Edges between numbers that one task found.
struct Part {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::vector<std::uint32_t> from;
  std::vector<std::uint32_t> to;
  std::vector<std::size_t> bad;  ///< offsets of lines without two ends
  std::uint64_t lines = 0;       ///< that are neither empty nor comments
  std::uint64_t loops = 0;
  std::uint32_t largest = 0;
  bool other = false;  ///< something that is no number below the limit
};

/// Reads a number and the blanks before it; nothing when there is none.
std::optional<std::uint32_t> read_number(const char*& at, const char* end) {
  while (at < end && (*at == ' ' || *at == '\t' || *at == ',' || *at == '\r')) ++at;
  const char* begin = at;
  std::uint64_t value = 0;
  while (at < end && static_cast<unsigned char>(*at - '0') <= 9 && at - begin < 11) {
    value = value * 10 + static_cast<unsigned char>(*at++ - '0');
  }
  if (at == begin || value > kMaxNumber) return std::nullopt;
  if (at < end && *at != ' ' && *at != '\t' && *at != ',' && *at != '\r' && *at != '\n') {
    return std::nullopt;
  }
  return static_cast<std::uint32_t>(value);
}

void read_part(std::string_view text, bool undirected, Part& part) {
  part.from.reserve((part.end - part.begin) / 12);
  part.to.reserve((part.end - part.begin) / 12);
  const char* at = text.data() + part.begin;
  const char* const end = text.data() + part.end;
  while (at < end) {
    const char* const line = at;
    auto from = read_number(at, end);
    auto to = from ? read_number(at, end) : std::nullopt;
    if (to) {
      while (at < end && *at != '\n') ++at;
      ++at;
    } else {
      const auto offset = static_cast<std::size_t>(line - text.data());
      std::size_t next = offset;
      const std::string_view words = next_line(text, next);
      at = text.data() + std::max(next, offset + 1);
      if (is_comment(words)) continue;
      ++part.lines;
      const Ends ends = ends_of(words, words.find(',') != std::string_view::npos ? ',' : ' ');
      if (ends.from.empty() || ends.to.empty()) {
        part.bad.push_back(offset);
        continue;
      }
      part.other = true;
      return;
    }
    ++part.lines;
    if (*from == *to) {
      ++part.loops;
      continue;
    }
    if (undirected && *to < *from) std::swap(*from, *to);
    part.from.push_back(*from);
    part.to.push_back(*to);
    part.largest = std::max({part.largest, *from, *to});
  }
}

class EdgeListReader {
 public:
  EdgeListReader(std::string_view text, const std::string& file, const EdgeListOptions& options)
      : options_(options), text_(text) {
    summary_.file = file;
    summary_.meaning = relation_word(RelationKind::Supplies);
    result_.digests.emplace_back(file, digest(text));
  }

  IngestResult run() {
    shape_ = shape_of(text_);
    if (!shape_.numbers || !read_numbers()) read_names();
    if (from_.empty()) {
      throw Error(ErrorCode::InvalidData,
                  {fmt::format("{}: there is no edge in it; write two ends a line", summary_.file),
                   fmt::format("{}：文件中没有一条边；请每行写起点和终点", summary_.file)});
    }
    if (bad_lines_ > kBadLinesNamed) note_more_bad_lines();
    if (loops_ > 0) note_loops();
    summary_.used = from_.size();
    summary_.left_out = summary_.rows - summary_.used;
    builder_.relate_all(RelationKind::Supplies, std::move(from_), std::move(to_));
    result_.graph = builder_.build({options_.stop, options_.progress});
    result_.tables.push_back(std::move(summary_));
    return std::move(result_);
  }

 private:
  void check_stop() const {
    if (options_.stop.stop_requested()) {
      throw Error(ErrorCode::Cancelled, {"reading was interrupted", "读取被中断"});
    }
  }

  void tell(std::string_view stage, std::uint64_t done, std::uint64_t total) const {
    check_stop();
    if (options_.progress) options_.progress(stage, done, total);
  }

  // ---- numbers ----

  // False when something in the file is no number, or the numbers are so far apart that they are
  // rather names.
  bool read_numbers() {
    std::vector<Part> parts = cut_into_parts();
    std::atomic<bool> other{false};
    // In turns, so that this thread can say between them how far it has come.
    const auto turn = 4 * static_cast<std::size_t>(tbb::this_task_arena::max_concurrency());
    for (std::size_t first = 0; first < parts.size(); first += turn) {
      tell("edges", parts[first].begin, text_.size());
      tbb::parallel_for(first, std::min(first + turn, parts.size()), [&](std::size_t i) {
        if (other || options_.stop.stop_requested()) return;
        read_part(text_, options_.undirected, parts[i]);
        if (parts[i].other) other = true;
      });
      check_stop();
      if (other) return false;
    }
    tell("edges", text_.size(), text_.size());
    std::uint32_t largest = 0;
    std::size_t edges = 0;
    for (const Part& part : parts) {
      largest = std::max(largest, part.largest);
      edges += part.from.size();
    }
    constexpr std::uint64_t kSpread = 64;
    if (largest > kSpread * edges + 4096) return false;
    for (const Part& part : parts) {
      summary_.rows += part.lines;
      loops_ += part.loops;
      for (const std::size_t offset : part.bad) bad_line(offset);
    }
    name_numbers(parts, largest, edges);
    return true;
  }

  std::vector<Part> cut_into_parts() const {
    std::vector<Part> parts;
    for (std::size_t begin = shape_.begin; begin < text_.size();) {
      std::size_t end = std::min(text_.size(), begin + kPart);
      end = std::min(text_.find('\n', end - 1), text_.size() - 1) + 1;
      parts.emplace_back().begin = begin;
      parts.back().end = end;
      begin = end;
    }
    return parts;
  }

  // Makes the firms in ascending order and turns numbers into their ids.
  void name_numbers(std::vector<Part>& parts, std::uint32_t largest, std::size_t edges) {
    if (edges == 0) return;
    std::vector<std::uint8_t> named(std::size_t{largest} + 1, 0);
    const auto for_each_part = [&](const auto& work) {
      tbb::parallel_for(std::size_t{0}, parts.size(), [&](std::size_t i) { work(parts[i]); });
    };
    for_each_part([&](const Part& part) {
      for (const auto* ends : {&part.from, &part.to}) {
        for (const std::uint32_t number : *ends) {
          // Several threads may write the same value.
          std::atomic_ref(named[number]).store(1, std::memory_order_relaxed);
        }
      }
    });
    std::vector<std::uint32_t> id(named.size());
    std::uint32_t next = 0;
    for (std::size_t number = 0; number < named.size(); ++number) {
      if (number % kTold == 0) tell("firm", number, named.size());
      id[number] = next;
      if (named[number] == 0) continue;
      builder_.add(EntityKind::Firm, fmt::format_int(number).str());
      ++next;
    }
    tell("firm", named.size(), named.size());
    from_.resize(edges);
    to_.resize(edges);
    std::vector<std::size_t> starts(parts.size() + 1, 0);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      starts[i + 1] = starts[i] + parts[i].from.size();
    }
    tbb::parallel_for(std::size_t{0}, parts.size(), [&](std::size_t i) {
      Part& part = parts[i];
      for (std::size_t k = 0; k < part.from.size(); ++k) {
        from_[starts[i] + k] = id[part.from[k]];
        to_[starts[i] + k] = id[part.to[k]];
      }
      part = {};
    });
  }

  // ---- names ----

  void read_names() {
    result_.problems.clear();
    summary_.rows = 0;
    loops_ = 0;
    bad_lines_ = 0;
    counted_ = 0;
    line_ = 1;
    if (find_invalid_utf8(text_)) {
      decoded_ = decode_text(std::string(text_), summary_.file).text;
      text_ = decoded_;
      shape_ = shape_of(text_);
    }
    // Lines are counted before, so that the columns never grow by doubling.
    const auto lines = static_cast<std::size_t>(std::ranges::count(text_, '\n')) + 1;
    from_.reserve(lines);
    to_.reserve(lines);
    // The builder holds names alone, each once, behind the empty one, which no end has.
    const auto id_of = [&](std::string_view name) {
      const std::uint32_t id = BuilderAccess::intern(builder_, name) - 1;
      if (id == builder_.size(EntityKind::Firm)) builder_.add(EntityKind::Firm, name);
      return id;
    };
    for (std::size_t at = shape_.begin; at < text_.size();) {
      const std::size_t offset = at;
      const std::string_view line = next_line(text_, at);
      if (is_comment(line)) continue;
      if (summary_.rows++ % kTold == 0) tell("edges", offset, text_.size());
      const Ends ends = ends_of(line, shape_.separator);
      if (ends.from.empty() || ends.to.empty()) {
        bad_line(offset);
        continue;
      }
      if (ends.from == ends.to) {
        ++loops_;
        continue;
      }
      std::uint32_t from = id_of(ends.from);
      std::uint32_t to = id_of(ends.to);
      if (options_.undirected && to < from) std::swap(from, to);
      from_.push_back(from);
      to_.push_back(to);
    }
    tell("edges", text_.size(), text_.size());
  }

  // ---- problems ----

  void bad_line(std::size_t offset) {
    if (++bad_lines_ > kBadLinesNamed) return;
    // Offsets ascend, so that lines are counted once over the whole file.
    line_ += static_cast<std::uint32_t>(
        std::count(text_.begin() + static_cast<std::ptrdiff_t>(counted_),
                   text_.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
    counted_ = offset;
    std::size_t at = offset;
    Problem problem;
    problem.place.file = summary_.file;
    problem.place.line = line_;
    problem.place.row = line_;
    problem.place.column = 1;
    problem.kind = "no-edge";
    problem.value = std::string(next_line(text_, at).substr(0, 80));
    if (find_invalid_utf8(problem.value)) problem.value.clear();
    problem.what = {"the line has no two ends", "该行没有两个端点"};
    problem.remedy = {"write two ends, separated as in the first line",
                      "请写起点和终点，分隔符与首行相同"};
    result_.problems.push_back(std::move(problem));
  }

  void note_more_bad_lines() {
    Problem problem;
    problem.place.file = summary_.file;
    problem.kind = "no-edge";
    const std::uint64_t more = bad_lines_ - kBadLinesNamed;
    problem.what = {fmt::format("{} more lines have no two ends", more),
                    fmt::format("另有 {} 行没有两个端点", more)};
    problem.remedy = {"write two ends a line", "请每行写起点和终点"};
    result_.problems.push_back(std::move(problem));
  }

  void note_loops() {
    Problem problem;
    problem.severity = Severity::Note;
    problem.place.file = summary_.file;
    problem.kind = "self";
    problem.what = {fmt::format("{} edges from an end to itself are left out", loops_),
                    fmt::format("有 {} 条边两端相同，未采用", loops_)};
    problem.remedy = {"nothing to do", "无需处理"};
    result_.problems.push_back(std::move(problem));
  }

  const EdgeListOptions& options_;
  std::string decoded_;
  std::string_view text_;
  Shape shape_;
  GraphBuilder builder_;
  std::vector<std::uint32_t> from_;
  std::vector<std::uint32_t> to_;
  IngestResult result_;
  TableSummary summary_;
  std::uint64_t loops_ = 0;
  std::uint64_t bad_lines_ = 0;
  std::size_t counted_ = 0;  // bytes whose lines are in line_
  std::uint32_t line_ = 1;
};

}  // namespace

IngestResult read_edge_list(const std::filesystem::path& path, const EdgeListOptions& options) {
  const FileBytes file = map_file(path, options.stop);
  return parse_edge_list(file.bytes, path.filename().string(), options);
}

IngestResult parse_edge_list(std::string_view text, const std::string& file,
                             const EdgeListOptions& options) {
  return EdgeListReader(text, file, options).run();
}

}  // namespace liantu
