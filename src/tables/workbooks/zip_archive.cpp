#include "tables/workbooks/zip_archive.hpp"

#include <algorithm>
#include <utility>
#include <vector>
#include <zip.h>

#include <fmt/format.h>

#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

constexpr std::size_t kPiece = std::size_t{256} << 10;
constexpr std::uint64_t kFreeOfRatio = std::uint64_t{1} << 20;
constexpr std::size_t kEndBytes = 22;  // of the end of central directory without its comment
constexpr std::size_t kEntryBytes = 46;
constexpr std::size_t kLocalBytes = 30;

std::uint64_t little(std::string_view bytes, std::size_t at, std::size_t count) {
  std::uint64_t value = 0;
  for (std::size_t i = count; i-- > 0;) {
    value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
  }
  return value;
}

[[noreturn]] void refuse(const std::string& file, Text wrong, Text remedy) {
  throw Error(ErrorCode::InvalidData, {.file = file}, std::move(wrong), std::move(remedy));
}

[[noreturn]] void refuse_cut_off(const std::string& file) {
  refuse(file, {"the workbook is cut off or damaged", "工作簿不完整或已损坏"},
         {"copy or download it again", "请重新复制或下载"});
}

std::size_t find_end(std::string_view bytes) {
  constexpr std::size_t kLongestComment = 65'535;
  if (bytes.size() < kEndBytes) return std::string_view::npos;
  const std::size_t last = bytes.size() - kEndBytes;
  const std::size_t first = last > kLongestComment ? last - kLongestComment : 0;
  for (std::size_t at = last + 1; at-- > first;) {
    if (bytes.substr(at, 4) == "PK\5\6") return at;
  }
  return std::string_view::npos;
}

// Of an entry whose sizes do not fit 32 bits: the next of those in its extra field.
std::uint64_t wide(std::string_view extra, std::uint64_t value, std::size_t& used) {
  constexpr std::uint64_t kElsewhere = 0xFFFFFFFFU;
  if (value != kElsewhere) return value;
  for (std::size_t at = 0; at + 4 <= extra.size();) {
    const std::uint64_t size = little(extra, at + 2, 2);
    if (little(extra, at, 2) == 1) {
      if (used + 8 > size || at + 4 + used + 8 > extra.size()) return value;
      const std::uint64_t found = little(extra, at + 4 + used, 8);
      used += 8;
      return found;
    }
    at += 4 + size;
  }
  return value;
}

}  // namespace

struct ZipArchive::Handle {
  zip_t* archive = nullptr;
  ~Handle() {
    if (archive != nullptr) zip_discard(archive);
  }
};

std::optional<Refusal> not_an_archive(std::string_view bytes) {
  if (bytes.starts_with("PK\3\4")) return std::nullopt;
  if (bytes.empty())
    return Refusal{{"is empty", "文件是空的"}, {"copy or download it again", "请重新复制或下载"}};
  if (bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) {
    std::string encrypted;  // EncryptedPackage, as a directory of such files spells it
    for (const char c : std::string_view("EncryptedPackage")) {
      encrypted += c;
      encrypted += '\0';
    }
    if (bytes.find(encrypted) != std::string_view::npos) {
      return Refusal{
          {"is protected by a password", "工作簿有密码保护"},
          {"open it, remove the password and save it again", "请打开后取消密码，再保存"}};
    }
    return Refusal{{"is a workbook of the old format (.xls)", "是旧格式（.xls）的工作簿"},
                   {"save it as .xlsx in the spreadsheet program", "请在表格软件中另存为 .xlsx"}};
  }
  std::string_view start = bytes.substr(0, 256);
  if (start.starts_with("\xEF\xBB\xBF")) start.remove_prefix(3);
  start.remove_prefix(std::min(start.size(), start.find_first_not_of(" \t\r\n")));
  if (start.starts_with('<')) {
    return Refusal{
        {"is a web page or XML under the name of a workbook", "是以工作簿为名的网页或 XML"},
        {"open it in the spreadsheet program and save it as .xlsx",
         "请用表格软件打开，另存为 .xlsx"}};
  }
  return Refusal{
      {"is not a workbook", "不是工作簿"},
      {"rename the file after what it holds, or save it as .xlsx in the spreadsheet program",
       "请按内容改正扩展名，或在表格软件中另存为 .xlsx"}};
}

ZipArchive::ZipArchive(std::string_view bytes, const std::string& file, const TableOptions& options)
    : file_(file), options_(options), handle_(std::make_unique<Handle>()) {
  if (const auto other = not_an_archive(bytes)) refuse(file_, other->wrong, other->remedy);
  check_directory(bytes);
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source != nullptr) handle_->archive = zip_open_from_source(source, ZIP_RDONLY, &error);
  zip_error_fini(&error);
  if (handle_->archive == nullptr) {
    if (source != nullptr) zip_source_free(source);
    refuse_cut_off(file_);
  }
}

ZipArchive::~ZipArchive() = default;

// libzip says neither where entries lie nor that two share bytes, which makes a small file a large
// one without any of them being large.
void ZipArchive::check_directory(std::string_view bytes) const {
  const std::size_t end = find_end(bytes);
  if (end == std::string_view::npos) refuse_cut_off(file_);
  std::uint64_t count = little(bytes, end + 10, 2);
  std::uint64_t at = little(bytes, end + 16, 4);
  constexpr std::size_t kLocatorBytes = 20;
  if (end >= kLocatorBytes && bytes.substr(end - kLocatorBytes, 4) == "PK\6\7") {
    const std::uint64_t record = little(bytes, end - kLocatorBytes + 8, 8);
    if (record > bytes.size() || bytes.size() - record < 56) refuse_cut_off(file_);
    count = little(bytes, record + 32, 8);
    at = little(bytes, record + 48, 8);
  }
  if (count > options_.limits.entries) {
    const std::uint32_t most = options_.limits.entries;
    throw Error{ErrorCode::LimitReached,
                {.file = file_},
                {fmt::format("holds {} files, the limit is {}", count, most),
                 fmt::format("工作簿内有 {} 个文件，上限是 {}", count, most)},
                {"save it again in the spreadsheet program, or raise --limit entries=VALUE",
                 "请用表格软件重新保存，或调高 --limit entries=VALUE"}};
  }
  std::vector<std::pair<std::uint64_t, std::uint64_t>> spans;
  for (std::uint64_t i = 0; i < count; ++i) {
    if (at > bytes.size() || bytes.size() - at < kEntryBytes || bytes.substr(at, 4) != "PK\1\2") {
      refuse_cut_off(file_);
    }
    if ((little(bytes, at + 8, 2) & 1U) != 0) {
      refuse(file_, {"is protected by a password", "工作簿有密码保护"},
             {"open it, remove the password and save it again", "请打开后取消密码，再保存"});
    }
    const std::uint64_t name = little(bytes, at + 28, 2);
    const std::uint64_t extra = little(bytes, at + 30, 2);
    const std::uint64_t comment = little(bytes, at + 32, 2);
    if (bytes.size() - at - kEntryBytes < name + extra + comment) refuse_cut_off(file_);
    const std::string_view more = bytes.substr(at + kEntryBytes + name, extra);
    std::size_t used = 0;
    std::ignore = wide(more, little(bytes, at + 24, 4), used);  // the size when inflated is first
    const std::uint64_t packed = wide(more, little(bytes, at + 20, 4), used);
    const std::uint64_t begin = wide(more, little(bytes, at + 42, 4), used);
    if (begin > bytes.size() || bytes.size() - begin < kLocalBytes) refuse_cut_off(file_);
    const std::uint64_t head =
        kLocalBytes + little(bytes, begin + 26, 2) + little(bytes, begin + 28, 2);
    if (bytes.size() - begin < head || bytes.size() - begin - head < packed) refuse_cut_off(file_);
    spans.emplace_back(begin, begin + head + packed);
    at += kEntryBytes + name + extra + comment;
  }
  std::ranges::sort(spans);
  for (std::size_t i = 1; i < spans.size(); ++i) {
    if (spans[i].first >= spans[i - 1].second) continue;
    refuse(file_,
           {"files in the workbook overlap, which no spreadsheet program writes",
            "工作簿内的文件相互重叠，表格软件不会这样写"},
           {"ask for the original", "请索取原件"});
  }
}

std::optional<std::uint64_t> ZipArchive::find(std::string_view name) const {
  const zip_int64_t at =
      zip_name_locate(handle_->archive, std::string(name).c_str(), ZIP_FL_NOCASE);
  if (at < 0) return std::nullopt;
  return static_cast<std::uint64_t>(at);
}

void ZipArchive::read(std::uint64_t entry, const std::function<void*(std::size_t)>& give,
                      const std::function<bool(std::size_t, bool)>& use) {
  zip_stat_t about;
  zip_stat_init(&about);
  if (zip_stat_index(handle_->archive, entry, 0, &about) != 0) refuse_cut_off(file_);
  const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> in(
      zip_fopen_index(handle_->archive, entry, 0), zip_fclose);
  if (in == nullptr) refuse_cut_off(file_);
  const TableLimits& limits = options_.limits;
  std::uint64_t done = 0;
  for (;;) {
    if (options_.stop.stop_requested()) {
      throw Error{ErrorCode::Cancelled,
                  {file_ + ": reading was cancelled", file_ + "：读取已取消"}};
    }
    const zip_int64_t count = zip_fread(in.get(), give(kPiece), kPiece);
    if (count < 0) refuse_cut_off(file_);
    done += static_cast<std::uint64_t>(count);
    inflated_ += static_cast<std::uint64_t>(count);
    if (inflated_ > limits.inflated_bytes) {
      throw Error{ErrorCode::LimitReached,
                  {.file = file_},
                  {fmt::format("is inflated to more than {} bytes", limits.inflated_bytes),
                   fmt::format("解压后超过 {} 字节", limits.inflated_bytes)},
                  {"split the workbook, or raise --limit inflated_bytes=VALUE",
                   "请拆分工作簿，或调高 --limit inflated_bytes=VALUE"}};
    }
    if (done > kFreeOfRatio && done - kFreeOfRatio > about.comp_size * limits.inflation) {
      throw Error{
          ErrorCode::LimitReached,
          {.file = file_},
          {fmt::format("a file in it is inflated to more than {} times its size, as in a zip bomb",
                       limits.inflation),
           fmt::format("其中的文件解压后超过原大小的 {} 倍，疑为压缩炸弹", limits.inflation)},
          {"ask for the original, or raise --limit inflation=VALUE",
           "请索取原件，或调高 --limit inflation=VALUE"}};
    }
    if (!use(static_cast<std::size_t>(count), count == 0) || count == 0) return;
  }
}

}  // namespace liantu
