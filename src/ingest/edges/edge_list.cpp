#include "liantu/ingest/edges/edge_list.hpp"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <tbb/task_arena.h>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/files/mapped_file.hpp"
#include "base/run/parallel.hpp"
#include "base/run/stopping.hpp"
#include "graph/builder_access.hpp"
#include "liantu/base/core/big_vector.hpp"
#include "liantu/base/files/digest.hpp"
#include "liantu/base/files/file_kind.hpp"
#include "liantu/base/files/output_mark.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/path_text.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/graph/builder.hpp"
#include "liantu/tables/cells/encoding.hpp"

namespace liantu {
namespace {

constexpr Interrupted kEdgeReading = {"reading was interrupted", "读取被中断"};

constexpr std::uint32_t kMaxNumber = 0xFFFF'FFFE;
constexpr std::size_t kChunkBytes = std::size_t{1} << 23;  // bytes that one task reads
constexpr std::size_t kBadLinesNamed = 1000;
constexpr std::size_t kTold = 65536;  // lines or numbers between two words about progress
constexpr std::size_t kAtOnce = 32;   // names that are looked up together

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
struct EdgeChunk {
  std::size_t begin = 0;
  std::size_t end = 0;
  BigVector<LocalEnds> edges;
  std::vector<std::size_t> bad;  ///< offsets of lines without two ends
  std::uint64_t lines = 0;       ///< that are neither empty nor comments
  std::uint64_t loops = 0;
  std::uint32_t largest = 0;
  bool other = false;  ///< something that is not a number below the limit
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

/// Digits in front of a text of at least eight bytes.
struct Digits {
  std::uint32_t value = 0;
  unsigned count = 0;  ///< 8: perhaps there are more
};

/// Eight bytes a step: a byte after the other, the processor would have to guess how long each
/// number is.
Digits read_digits(const char* text) {
  std::uint64_t word = 0;
  std::memcpy(&word, text, sizeof word);
  word ^= 0x3030303030303030U;  // digits become 0 to 9
  const std::uint64_t others = ((word + 0x7676767676767676U) | word) & 0x8080808080808080U;
  const auto count = static_cast<unsigned>(std::countr_zero(others)) / 8;
  if (count == 0) return {};
  // The first digit stands in the lowest byte; zeros before it change nothing.
  word <<= 64 - 8 * count;
  word = word * 10 + (word >> 8);
  word = (word & 0x00FF00FF00FF00FFU) * (1 + (std::uint64_t{100} << 16)) >> 16;
  word = (word & 0x0000FFFF0000FFFFU) * (1 + (std::uint64_t{10000} << 32)) >> 32;
  return {static_cast<std::uint32_t>(word), count};
}

bool is_gap(char c) { return c == ' ' || c == '\t' || c == ','; }

/// Reads a line that is written as nearly all are: a number of at most seven digits, a blank or
/// comma, another one, perhaps more. Moves behind it, or stays and says no. At least kAhead bytes
/// are left.
constexpr std::ptrdiff_t kAhead = 32;
bool read_usual_line(const char*& at, const char* end, LocalEnds& ends) {
  const Digits from = read_digits(at);
  if (from.count - 1 >= 7 || !is_gap(at[from.count])) return false;
  const char* const second = at + from.count + 1;
  const Digits to = read_digits(second);
  if (to.count - 1 >= 7) return false;
  const char* rest = second + to.count;
  if (*rest != '\n') {
    if (!is_gap(*rest) && *rest != '\r') return false;
    rest = std::find(rest, end, '\n');
  }
  at = rest + 1;
  ends = {from.value, to.value};
  return true;
}

/// Lines a chunk has, going by those it begins with.
std::size_t likely_lines(std::string_view text) {
  const std::string_view sample = text.substr(0, std::size_t{1} << 14);
  const auto lines = static_cast<std::size_t>(std::count(sample.begin(), sample.end(), '\n')) + 1;
  return text.size() / sample.size() * lines * 17 / 16;
}

void read_chunk(std::string_view text, bool undirected, EdgeChunk& chunk) {
  chunk.edges.reserve(likely_lines(text.substr(chunk.begin, chunk.end - chunk.begin)));
  const char* at = text.data() + chunk.begin;
  const char* const end = text.data() + chunk.end;
  const auto keep = [&](LocalEnds ends) {
    ++chunk.lines;
    if (ends.from == ends.to) {
      ++chunk.loops;
      return;
    }
    const auto [less, more] = std::minmax(ends.from, ends.to);
    chunk.largest = std::max(chunk.largest, more);
    chunk.edges.push_back(undirected ? LocalEnds{less, more} : ends);
  };
  LocalEnds ends{};
  while (at < end) {
    if (std::endian::native == std::endian::little && end - at >= kAhead &&
        read_usual_line(at, end, ends)) {
      keep(ends);
      continue;
    }
    const char* const line = at;
    const auto from = read_number(at, end);
    const auto to = from ? read_number(at, end) : std::nullopt;
    if (to) {
      at = std::find(at, end, '\n') + 1;
      keep({*from, *to});
      continue;
    }
    const auto offset = static_cast<std::size_t>(line - text.data());
    std::size_t next = offset;
    const std::string_view words = next_line(text, next);
    at = text.data() + std::max(next, offset + 1);
    if (is_comment(words)) continue;
    const Ends named = ends_of(words, words.find(',') != std::string_view::npos ? ',' : ' ');
    if (!named.from.empty() && !named.to.empty()) {
      chunk.other = true;
      return;
    }
    ++chunk.lines;
    chunk.bad.push_back(offset);
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
    if (edges_ == 0) {
      throw Error(ErrorCode::InvalidData,
                  {fmt::format("{}: there is no edge in it; write two ends a line", summary_.file),
                   fmt::format("{}：文件中没有一条边；请每行写起点和终点", summary_.file)});
    }
    if (bad_lines_ > kBadLinesNamed) note_more_bad_lines();
    if (loops_ > 0) note_loops();
    summary_.used = edges_;
    summary_.left_out = summary_.rows - summary_.used;
    result_.graph = builder_.build({options_.stop, options_.progress});
    result_.tables.push_back(std::move(summary_));
    return std::move(result_);
  }

 private:
  void tell(std::string_view stage, std::uint64_t done, std::uint64_t total) const {
    check_stop(options_.stop, kEdgeReading);
    if (options_.progress) options_.progress(stage, done, total);
  }

  // ---- numbers ----

  // False when something in the file is not a number, or the numbers are so far apart that they are
  // rather names.
  bool read_numbers() {
    std::vector<EdgeChunk> chunks = cut_into_chunks();
    std::atomic<bool> other{false};
    // In turns, so that this thread can say between them how far it has come.
    const auto turn = 4 * static_cast<std::size_t>(tbb::this_task_arena::max_concurrency());
    for (std::size_t first = 0; first < chunks.size(); first += turn) {
      tell("edges", chunks[first].begin, text_.size());
      parallel_for(std::min(turn, chunks.size() - first), [&](std::size_t i) {
        if (other || options_.stop.stop_requested()) return;
        EdgeChunk& chunk = chunks[first + i];
        read_chunk(text_, options_.undirected, chunk);
        if (chunk.other) other = true;
      });
      check_stop(options_.stop, kEdgeReading);
      if (other) return false;
    }
    tell("edges", text_.size(), text_.size());
    std::uint32_t largest = 0;
    std::uint64_t edges = 0;
    for (const EdgeChunk& chunk : chunks) {
      largest = std::max(largest, chunk.largest);
      edges += chunk.edges.size();
    }
    constexpr std::uint64_t kSpread = 64;
    if (largest > kSpread * edges + 4096) return false;
    edges_ = edges;
    for (const EdgeChunk& chunk : chunks) {
      summary_.rows += chunk.lines;
      loops_ += chunk.loops;
      for (const std::size_t offset : chunk.bad) bad_line(offset);
    }
    if (edges != 0) name_numbers(chunks, largest);
    return true;
  }

  std::vector<EdgeChunk> cut_into_chunks() const {
    std::vector<EdgeChunk> chunks;
    for (std::size_t begin = shape_.begin; begin < text_.size();) {
      std::size_t end = std::min(text_.size(), begin + kChunkBytes);
      end = std::min(text_.find('\n', end - 1), text_.size() - 1) + 1;
      chunks.emplace_back().begin = begin;
      chunks.back().end = end;
      begin = end;
    }
    return chunks;
  }

  // Makes the firms in ascending order and turns numbers into their ids.
  void name_numbers(std::vector<EdgeChunk>& chunks, std::uint32_t largest) {
    const auto for_each_chunk = [&](const auto& work) {
      parallel_for(chunks.size(), [&](std::size_t i) { work(chunks[i].edges); });
    };
    BigVector<std::uint8_t> named(std::size_t{largest} + 1, 0);
    for_each_chunk([&](const BigVector<LocalEnds>& edges) {
      for (const LocalEnds& edge : edges) {
        for (const std::uint32_t number : {edge.from, edge.to}) {
          // Looked at first: what nobody writes to any more stays in the cache of every core.
          const std::atomic_ref mark(named[number]);
          if (mark.load(std::memory_order_relaxed) == 0) mark.store(1, std::memory_order_relaxed);
        }
      }
    });
    BigVector<std::uint32_t> numbers;
    numbers.reserve(named.size());
    BigVector<std::uint32_t> id(named.size());
    for (std::size_t number = 0; number < named.size(); ++number) {
      if (number % kTold == 0) tell("firm", number, named.size());
      id[number] = static_cast<std::uint32_t>(numbers.size());
      if (named[number] != 0) numbers.push_back(static_cast<std::uint32_t>(number));
    }
    builder_.add_numbered(EntityKind::Firm, numbers);
    tell("firm", named.size(), named.size());
    if (numbers.size() != named.size()) {
      for_each_chunk([&](BigVector<LocalEnds>& edges) {
        for (LocalEnds& edge : edges) edge = {id[edge.from], id[edge.to]};
      });
    }
    for (EdgeChunk& chunk : chunks) {
      builder_.relate_all(RelationKind::Supplies, std::move(chunk.edges));
    }
  }

  // ---- names ----

  void read_names() {
    result_.problems.clear();
    summary_.rows = 0;
    loops_ = 0;
    bad_lines_ = 0;
    counted_ = 0;
    line_ = 1;
    if (find_invalid_utf8(text_) || text_.find('\0') != std::string_view::npos) {
      decoded_ = decode_text(std::string(text_), summary_.file).text;
      text_ = decoded_;
      shape_ = shape_of(text_);
    }
    BigVector<LocalEnds> edges;
    // Lines are counted before, so that the column never grows by doubling.
    edges.reserve(static_cast<std::size_t>(std::ranges::count(text_, '\n')) + 1);
    // The builder holds names alone, each once, behind the empty one, which no end has.
    const auto id_of = [&](std::string_view name) {
      const std::uint32_t id = BuilderAccess::intern(builder_, name) - 1;
      if (id == builder_.size(EntityKind::Firm)) builder_.add(EntityKind::Firm, name);
      return id;
    };
    std::vector<Ends> waiting;
    const auto look_up = [&] {
      for (const Ends& ends : waiting) {
        const std::uint32_t from = id_of(ends.from);
        const std::uint32_t to = id_of(ends.to);
        const bool turn = options_.undirected && to < from;
        edges.push_back(turn ? LocalEnds{to, from} : LocalEnds{from, to});
      }
      waiting.clear();
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
      // Several at once, so that the memory of one is on its way while others are looked up.
      BuilderAccess::prefetch(builder_, ends.from);
      BuilderAccess::prefetch(builder_, ends.to);
      waiting.push_back(ends);
      if (waiting.size() == kAtOnce) look_up();
    }
    look_up();
    tell("edges", text_.size(), text_.size());
    edges_ = edges.size();
    builder_.relate_all(RelationKind::Supplies, std::move(edges));
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
  std::uint64_t edges_ = 0;
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
  return parse_edge_list(file.bytes, path_text(path.filename()), options);
}

IngestResult parse_edge_list(std::string_view text, const std::string& file,
                             const EdgeListOptions& options) {
  refuse_other_kinds(text, file);
  const std::string_view first = text.substr(0, text.find('\n'));
  refuse_output(file, first.find(kOutputMark.en) != std::string_view::npos ||
                          first.find(kOutputMark.zh) != std::string_view::npos);
  return EdgeListReader(text, file, options).run();
}

}  // namespace liantu
