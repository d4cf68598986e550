<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="vi">
<context>
    <name>BundleChooser</name>
    <message>
        <location filename="../widgets/bundle_chooser.py" line="38"/>
        <source>Folder of a bundle…</source>
        <translation>Thư mục bộ từ vựng…</translation>
    </message>
    <message>
        <location filename="../widgets/bundle_chooser.py" line="45"/>
        <source>Open the folder of a bundle</source>
        <translation>Mở thư mục bộ từ vựng</translation>
    </message>
</context>
<context>
    <name>LivePage</name>
    <message>
        <location filename="../pages/live_page.py" line="134"/>
        <source>No picture. Choose another source above.</source>
        <translation>Không có hình. Hãy chọn nguồn khác ở phía trên.</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="136"/>
        <source>Opening the source…</source>
        <translation>Đang mở nguồn…</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="139"/>
        <source>Choose another source…</source>
        <translation>Chọn nguồn khác…</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="143"/>
        <source>This source cannot be used.</source>
        <translation>Không dùng được nguồn này.</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="147"/>
        <source>The source stopped: %1. Trying again…</source>
        <translation>Nguồn đã dừng: %1. Đang thử lại…</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="151"/>
        <source>The video has ended.</source>
        <translation>Video đã kết thúc.</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="154"/>
        <source>No camera found – showing recorded motions</source>
        <translation>Không tìm thấy camera – đang chiếu các chuyển động mẫu</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="162"/>
        <source>Loading networks…</source>
        <translation>Đang tải các mạng nơ-ron…</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="166"/>
        <source>Sign to the camera</source>
        <translation>Hãy ký hiệu trước camera</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="172"/>
        <source>no sign</source>
        <translation>không có ký hiệu</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="172"/>
        <source>Nobody in view</source>
        <translation>Không có ai trong hình</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="187"/>
        <source>&amp;Source</source>
        <translation>&amp;Nguồn</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="188"/>
        <source>&amp;Vocabulary</source>
        <translation>&amp;Bộ từ vựng</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="189"/>
        <location filename="../pages/live_page.py" line="198"/>
        <source>Most likely signs</source>
        <translation>Ký hiệu có khả năng nhất</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="190"/>
        <location filename="../pages/live_page.py" line="199"/>
        <source>Signs so far</source>
        <translation>Các ký hiệu đã làm</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="191"/>
        <source>Copy</source>
        <translation>Sao chép</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="192"/>
        <source>Clear</source>
        <translation>Xóa</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="194"/>
        <source>Source of the picture</source>
        <translation>Nguồn hình ảnh</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="195"/>
        <source>Vocabulary to recognise</source>
        <translation>Bộ từ vựng cần nhận dạng</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="196"/>
        <source>Mirror picture</source>
        <translation>Hình trong gương</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="197"/>
        <source>Recognised sign</source>
        <translation>Ký hiệu nhận ra</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="200"/>
        <source>Traces of both wrists</source>
        <translation>Đồ thị của hai cổ tay</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="201"/>
        <source>Speed of recognition</source>
        <translation>Tốc độ nhận dạng</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <location filename="../main_window.py" line="169"/>
        <source>&amp;Picture</source>
        <translation>&amp;Hình ảnh</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="170"/>
        <source>&amp;View</source>
        <translation>&amp;Xem</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="171"/>
        <source>Si&amp;gns</source>
        <translation>&amp;Ký hiệu</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="172"/>
        <source>&amp;Help</source>
        <translation>&amp;Trợ giúp</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="173"/>
        <source>&amp;Colours</source>
        <translation>&amp;Màu sắc</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="174"/>
        <source>&amp;Language</source>
        <translation>&amp;Ngôn ngữ</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="178"/>
        <source>Open &amp;video file…</source>
        <translation>Mở tệp &amp;video…</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="179"/>
        <source>Choose &amp;source…</source>
        <translation>Chọn &amp;nguồn…</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="180"/>
        <source>&amp;Network camera…</source>
        <translation>Camera &amp;mạng…</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="181"/>
        <source>&amp;Quit</source>
        <translation>T&amp;hoát</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="182"/>
        <source>Show &amp;skeleton</source>
        <translation>Hiện &amp;khung xương</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="183"/>
        <source>Show &amp;traces</source>
        <translation>Hiện &amp;đồ thị</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="184"/>
        <source>&amp;Full screen</source>
        <translation>&amp;Toàn màn hình</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="185"/>
        <source>I sign with my &amp;left hand</source>
        <translation>Tôi ký hiệu bằng tay &amp;trái</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="186"/>
        <source>&amp;Copy signs</source>
        <translation>&amp;Sao chép các ký hiệu</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="187"/>
        <source>C&amp;lear signs</source>
        <translation>&amp;Xóa các ký hiệu</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="188"/>
        <source>&amp;Keyboard</source>
        <translation>&amp;Bàn phím</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="189"/>
        <source>&amp;About SignMirror</source>
        <translation>&amp;Giới thiệu SignMirror</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="193"/>
        <source>As the computer</source>
        <translation>Theo máy tính</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="194"/>
        <source>Light</source>
        <translation>Sáng</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="195"/>
        <source>Dark</source>
        <translation>Tối</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="213"/>
        <source>Keyboard</source>
        <translation>Bàn phím</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="217"/>
        <source>About SignMirror</source>
        <translation>Giới thiệu SignMirror</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="220"/>
        <source>Names the sign you make and draws what sensors on your wrists would have felt.</source>
        <translation>Cho biết ký hiệu bạn đang làm và vẽ những gì cảm biến trên cổ tay bạn lẽ ra cảm nhận được.</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="223"/>
        <source>Nothing is recorded, and no picture leaves this computer.</source>
        <translation>Không có gì được ghi lại và không hình ảnh nào rời khỏi máy tính này.</translation>
    </message>
</context>
<context>
    <name>SourceChooser</name>
    <message>
        <location filename="../widgets/source_chooser.py" line="46"/>
        <source>Open a video file</source>
        <translation>Mở tệp video</translation>
    </message>
    <message>
        <location filename="../widgets/source_chooser.py" line="48"/>
        <source>Videos</source>
        <translation>Video</translation>
    </message>
    <message>
        <location filename="../widgets/source_chooser.py" line="54"/>
        <source>Network camera</source>
        <translation>Camera mạng</translation>
    </message>
    <message>
        <location filename="../widgets/source_chooser.py" line="54"/>
        <source>Address (http:// or rtsp://):</source>
        <translation>Địa chỉ (http:// hoặc rtsp://):</translation>
    </message>
    <message>
        <location filename="../widgets/source_chooser.py" line="81"/>
        <source>No camera found</source>
        <translation>Không tìm thấy camera</translation>
    </message>
    <message>
        <location filename="../widgets/source_chooser.py" line="84"/>
        <source>Video file…</source>
        <translation>Tệp video…</translation>
    </message>
    <message>
        <location filename="../widgets/source_chooser.py" line="85"/>
        <source>Network camera…</source>
        <translation>Camera mạng…</translation>
    </message>
    <message>
        <location filename="../widgets/source_chooser.py" line="87"/>
        <source>All recorded motions</source>
        <translation>Tất cả chuyển động mẫu</translation>
    </message>
    <message>
        <location filename="../widgets/source_chooser.py" line="89"/>
        <source>Recorded motion: %1</source>
        <translation>Chuyển động mẫu: %1</translation>
    </message>
</context>
<context>
    <name>StatusStrip</name>
    <message>
        <location filename="../widgets/status_strip.py" line="30"/>
        <source>Camera %1 fps</source>
        <translation>Camera %1 hình/giây</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="31"/>
        <source>Dropped %1</source>
        <translation>Bỏ qua %1</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="32"/>
        <source>Answers %1 /s</source>
        <translation>Trả lời %1 /giây</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="33"/>
        <source>Landmarks %1 ms</source>
        <translation>Điểm mốc %1 ms</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="34"/>
        <source>Networks %1 ms</source>
        <translation>Mạng nơ-ron %1 ms</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="35"/>
        <source>Frame to label %1 ms</source>
        <translation>Từ hình đến nhãn %1 ms</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="43"/>
        <source>Longest wait of the window: %1 ms</source>
        <translation>Thời gian chờ lâu nhất của cửa sổ: %1 ms</translation>
    </message>
</context>
<context>
    <name>TracePlots</name>
    <message>
        <location filename="../widgets/trace_plots.py" line="77"/>
        <source>accelerometer, left wrist</source>
        <translation>gia tốc kế, cổ tay trái</translation>
    </message>
    <message>
        <location filename="../widgets/trace_plots.py" line="78"/>
        <source>gyroscope, left wrist</source>
        <translation>con quay hồi chuyển, cổ tay trái</translation>
    </message>
    <message>
        <location filename="../widgets/trace_plots.py" line="79"/>
        <source>accelerometer, right wrist</source>
        <translation>gia tốc kế, cổ tay phải</translation>
    </message>
    <message>
        <location filename="../widgets/trace_plots.py" line="80"/>
        <source>gyroscope, right wrist</source>
        <translation>con quay hồi chuyển, cổ tay phải</translation>
    </message>
    <message>
        <location filename="../widgets/trace_plots.py" line="86"/>
        <source>seconds</source>
        <translation>giây</translation>
    </message>
    <message>
        <location filename="../widgets/trace_plots.py" line="91"/>
        <source>Measured %1</source>
        <translation>Đo được: %1</translation>
    </message>
    <message>
        <location filename="../widgets/trace_plots.py" line="92"/>
        <source>Simulated %1</source>
        <translation>Mô phỏng: %1</translation>
    </message>
</context>
</TS>
