"""The submission document (上报文档): a report laid out by GB/T 9704-2012."""
